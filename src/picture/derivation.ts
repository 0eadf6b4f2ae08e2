import type { Effort, Format, Header } from "../codec/codec.ts";
import type { OutputFormat } from "../codec/codecs.ts";
import type { Operation, Step } from "../operation/operation.ts";
import type { Timing } from "../timing.ts";
import type { Colour } from "../transform/colour.ts";
import type { Raster } from "../transform/image.ts";
import type { Plan } from "../transform/plan.ts";
import type { Derived } from "./derived.ts";
import type { OpenContext, Opened } from "./opened.ts";
import type { Outline } from "./outline.ts";

/** What is wanted of a source, with every default filled in. */
export interface Wanted {
  readonly operations: readonly Operation[];
  /** Nothing is to be changed: the file itself will do, without its metadata. */
  readonly original: boolean;
  /** Picks the format once that of the source is known. */
  readonly format: (source: Format) => OutputFormat;
  readonly quality: number;
  readonly effort: Effort;
  readonly background: Colour;
  /** Pixels stay in the source's profile, and the result carries it, where both can be. */
  readonly keepProfile: boolean;
  /** Cuts a shape out of each frame once the operations are done. */
  readonly shape?: ((raster: Raster) => Raster) | undefined;
}

export interface PlanContext extends OpenContext, Pick<Timing, "time"> {
  /** Bytes of a further picture in the source storage. */
  readonly loadForeground: (path: string) => Promise<Uint8Array>;
}

/** A source and what it is to become. `keepProfile` as in `Wanted`, where this result can have one. */
export interface Task extends Outline {
  readonly opened: Opened;
  readonly wanted: Wanted;
  readonly keepProfile: boolean;
}

/** How a result will be made, and what that takes: a value, known before any of its pixels is. */
export interface Derivation {
  /** `file`: the source without its metadata; `planes`: JPEG to JPEG without pixels. */
  readonly way: "file" | "planes" | "pixels";
  readonly header: Header;
  /** What the source is read at, such as 1/4. */
  readonly shrink: string;
  /** In the order in which they are run, some of them perhaps by the decoder. */
  readonly steps: readonly Step[];
  /** What is read and at which shrink, what is done to it, what is written: `jpg 1/4 resample orient > jpg`. */
  readonly road: string;
  /** As in a `Plan`. */
  readonly sizes: Plan["sizes"];
  /** Of the result. */
  readonly format: OutputFormat;
  readonly frameCount: number;
  /** Predicted peak of bytes that it takes, the source included. */
  readonly memoryBytes: number;
  /** Makes it, once there is room for it. */
  run(): Promise<Derived>;
}

/** `how`: words between what is read and what is written. */
export const roadOf = ({ format }: Header, how: readonly string[], steps: readonly Step[], written: string): string =>
  `${[format, ...how, ...steps.map((step) => step.do)].join(" ")} > ${written}`;
