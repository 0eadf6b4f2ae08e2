import { crop } from "./crop.ts";
import { effect, noop } from "./effect.ts";
import { flat } from "./flat.ts";
import type { ReadOperation } from "./operation.ts";
import type { OptionName, Shape } from "./option.ts";
import { fit, resize, thumbnail } from "./scale.ts";
import { flip, rotate } from "./turn.ts";

/** An operation as a client knows it: what it does, and which options mean something to it. */
export interface OperationEntry {
  readonly read: ReadOperation;
  /** One sentence for whoever chooses it. */
  readonly about: string;
  readonly options: readonly OptionName[];
  /** What an option may be here, where that is less than anywhere. */
  readonly shapes?: Readonly<Partial<Record<OptionName, Shape>>>;
  /** True: it draws the pictures that `path` names. */
  readonly draws?: boolean;
  /** Texts of options that show what it does; absent: it shows that without any. */
  readonly example?: Readonly<Partial<Record<OptionName, string>>>;
}

const TABLE = {
  resize: {
    read: resize,
    about: "Exactly this size.",
    options: ["width", "height", "upscale"],
    example: { width: "800" },
  },
  thumbnail: {
    read: thumbnail,
    about: "Fills this size.",
    options: ["width", "height", "upscale"],
    example: { width: "480", height: "480" },
  },
  fit: {
    read: fit,
    about: "All of the picture, inside this size.",
    options: ["width", "height", "upscale"],
    example: { width: "600", height: "600" },
  },
  crop: {
    read: crop,
    about: "Cuts a rectangle out.",
    options: ["x", "y", "width", "height"],
    example: { x: "80", y: "60", width: "160", height: "120" },
  },
  flip: {
    read: flip,
    about: "Mirrors: h left to right, v top to bottom.",
    options: ["position"],
    shapes: { position: { kind: "word", words: ["h", "v"] } },
    example: { position: "h" },
  },
  rotate: { read: rotate, about: "Turns by quarters.", options: ["degrees"] },
  flat: {
    read: flat,
    about: "Draws a colour or other pictures over this one.",
    options: ["position", "color", "stick", "width", "height"],
    draws: true,
    example: { position: "0.75.100.100", color: "00000090" },
  },
  effect: { read: effect, about: "Blurs.", options: ["filter"], example: { filter: "blur" } },
  noop: { read: noop, about: "Changes no pixel.", options: [] },
} as const satisfies Record<string, OperationEntry>;

/** What the compiler knows of the table: which operation takes what. */
export type OperationTable = typeof TABLE;

/** Every operation by its name in a URL. A new one is a file beside these and a row here. */
export const OPERATIONS: ReadonlyMap<string, OperationEntry> = new Map<string, OperationEntry>(Object.entries(TABLE));
