import type { RawImage } from "../src/transform/image.ts";
import type { Contender, PhotoFormat, Shrink } from "./contender.ts";
import type { PhotoKind, Photos } from "./photos.ts";

/** What is timed, as data: it is sent to the process of each contender. */
export type Task =
  | { readonly kind: "scale"; readonly photo: PhotoKind; readonly width: number; readonly output: PhotoFormat }
  | { readonly kind: "decode"; readonly photo: PhotoKind; readonly shrink: Shrink }
  | { readonly kind: "encode"; readonly image: RawImage; readonly output: PhotoFormat }
  | { readonly kind: "write"; readonly writer: string; readonly image: RawImage; readonly quality: number };

/** Does a task; returns the file that came out, if any. @throws Error whose message says why it cannot */
export type Work = () => Promise<Uint8Array | undefined>;

export function workOf(task: Task, contender: Contender, photos: Photos): Work {
  switch (task.kind) {
    case "scale":
      return () => contender.scale(photos[task.photo], task.width, task.output);
    case "decode":
      return async () => void (await contender.decode(photos[task.photo], task.shrink));
    case "encode":
      return () => contender.encode(task.image, task.output);
    case "write":
      return async () => contender.writers?.[task.writer](task.image, task.quality);
  }
}
