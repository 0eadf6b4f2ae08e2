import { crop } from "./crop.ts";
import { effect, noop } from "./effect.ts";
import { flat } from "./flat.ts";
import type { ReadOperation } from "./operation.ts";
import { fit, resize, thumbnail } from "./scale.ts";
import { flip, rotate } from "./turn.ts";

/** Every operation by its name in a URL. A new one is a file beside these and a row here. */
export const OPERATIONS: ReadonlyMap<string, ReadOperation> = new Map<string, ReadOperation>([
  ["resize", resize],
  ["thumbnail", thumbnail],
  ["fit", fit],
  ["crop", crop],
  ["flip", flip],
  ["rotate", rotate],
  ["flat", flat],
  ["effect", effect],
  ["noop", noop],
]);
