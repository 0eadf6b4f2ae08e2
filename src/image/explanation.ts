import type { Effort, Format, Header, Orientation } from "../codec/codec.ts";
import type { Size } from "../transform/image.ts";

/** What `/explain` answers: what `/display` does for the same request, told before anything of it is done. */
export interface Explanation {
  /** The text that is signed: every parameter but `sig`, sorted. */
  readonly canonical: string;
  /** Whether `/display` wants a `sig`, and by which HMAC. */
  readonly signature: { readonly required: boolean; readonly algorithm: "SHA-1" | "SHA-256" };
  /** picfit's key: equal for all requests that have one result. */
  readonly key: string;
  /** With its quotes. It names the version of the source as well. */
  readonly etag: string;
  /** Of the picture. */
  readonly cacheControl: string;
  /** The result as it is kept already; absent: the first who asks makes it. */
  readonly stored?: ExplainedStored;
  /** In their order. */
  readonly operations: readonly ExplainedOperation[];
  /** How it is made; absent where it is stored and its source can no longer be read. */
  readonly making?: ExplainedMaking;
  readonly urls: ExplainedUrls;
}

export interface ExplainedStored {
  readonly name: string;
  readonly bytes: number;
  /** Of the source, as an ISO 8601 date. */
  readonly modified: string;
  /** What `X-Cache` says: near the client, or in the storage. */
  readonly origin: "edge" | "stored";
}

export interface ExplainedOperation {
  readonly name: string;
  /** Of what comes out of it; absent where `making` is. */
  readonly size?: Size;
}

/** What is read, what is done with it, and what comes out. */
export interface ExplainedMaking {
  readonly source: ExplainedSource;
  readonly plan: ExplainedPlan;
  readonly output: ExplainedOutput;
}

/** `width` and `height` are those of the picture as it is shown: all numbers of operations mean that one. */
export interface ExplainedSource extends Size, Pick<Header, "format" | "alpha" | "colour" | "depth" | "progressive"> {
  /** Either of the two. */
  readonly path?: string;
  readonly url?: string;
  readonly bytes: number;
  /** Turn and mirroring that were applied to show it (EXIF). */
  readonly orientation: Orientation;
  readonly frames: number;
}

export interface ExplainedPlan {
  /** `file`: the source without its metadata. `planes`: JPEG to JPEG without pixels. `pixels`: all else. */
  readonly way: "file" | "planes" | "pixels";
  /** As `Server-Timing` has it, such as `jpg planes 1/4 resample > jpg`. */
  readonly road: string;
  /** Which decoder reads the source. */
  readonly decoder: Format;
  /** What the source is read at: `1/1`, or `1/8` and more where nothing is lost by it. */
  readonly shrink: string;
  /** What is done to pixels behind the decoder, in its order. */
  readonly steps: readonly string[];
  /** Predicted peak of memory, the source included. */
  readonly memoryBytes: number;
  /** What all pictures that an isolate makes at once may take; a larger one is made alone. */
  readonly budgetBytes: number;
}

export interface ExplainedOutput extends Size {
  readonly format: Format;
  readonly mime: string;
  /** What it will be kept as; absent where nothing is kept. */
  readonly name?: string;
  readonly frames: number;
  /** As asked for or configured, 1 to 100; absent where nothing is encoded. */
  readonly quality?: number;
  readonly effort?: Effort;
}

/** The same request as a URL without its origin, with the `sig` that it came with. */
export interface ExplainedUrls {
  readonly query: string;
  /** Absent for what the path form cannot say, such as a source by URL. */
  readonly path?: string;
}
