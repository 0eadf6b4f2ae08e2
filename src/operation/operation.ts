import type { Orientation } from "../codec/codec.ts";
import type { Colour } from "../transform/colour.ts";
import type { Box } from "../transform/geometry.ts";
import type { Rect, Size } from "../transform/image.ts";
import type { Values } from "./values.ts";

/** One change of pixels whose numbers are all known: what the pipeline runs, and what a plan consists of. */
export type Step =
  | { readonly do: "resample"; readonly part: Rect; readonly size: Size }
  | { readonly do: "crop"; readonly rect: Rect }
  | { readonly do: "orient"; readonly orientation: Orientation }
  | { readonly do: "blur" }
  | { readonly do: "fill"; readonly rect: Rect; readonly colour: Colour }
  | { readonly do: "draw"; readonly path: string; readonly place: (foreground: Size) => Rect | undefined }
  | { readonly do: "flatten"; readonly background: Colour };

export interface OperationPlan {
  readonly steps: readonly Step[];
  /** Of the result. */
  readonly size: Size;
}

/** One operation of a request, its options read. */
export interface Operation {
  readonly name: string;
  /** The size that was asked for; absent where the operation has none. What ALLOWED_SIZES is held against. */
  readonly box: Box | undefined;
  /** True: the result is as large as a box of two sides, whatever the source. */
  readonly exact?: boolean;
  /** Paths of further pictures that it needs. */
  readonly foregrounds: readonly string[];
  /** @throws HttpError 400 invalid_parameter where the numbers do not fit the source */
  plan(source: Size): OperationPlan;
}

/** Reads an operation from the values given with it. */
export type ReadOperation = (values: Values) => Operation;

/** An operation that only needs its steps named. */
export const operation = (name: string, box: Box | undefined, plan: Operation["plan"]): Operation => ({
  name,
  box,
  foregrounds: [],
  plan,
});
