import type { Colour } from "../transform/colour.ts";

/** An sRGB colour with alpha, not premultiplied. */
export type Rgba = Colour;

/** Pen movements in units of the view box; absolute coordinates. `close` goes back to the last `move`. */
export type Command =
  | readonly ["move", x: number, y: number]
  | readonly ["line", x: number, y: number]
  | readonly ["quadratic", x1: number, y1: number, x: number, y: number]
  | readonly ["cubic", x1: number, y1: number, x2: number, y2: number, x: number, y: number]
  | readonly ["close"];

export type FillRule = "nonzero" | "evenodd";

export type Shape =
  | { readonly kind: "polygon"; readonly points: readonly number[]; readonly colour: Rgba }
  | { readonly kind: "circle"; readonly x: number; readonly y: number; readonly radius: number; readonly colour: Rgba }
  | {
      readonly kind: "path";
      readonly commands: readonly Command[];
      readonly rule: FillRule;
      readonly colour: Rgba;
    };

/**
 * A drawing that both back ends show alike: filled shapes, the first at the bottom, in a square view box. What no shape
 * covers is transparent. `points` of a polygon are x, y, x, y, …; every outline counts as closed.
 */
export interface DisplayList {
  /** Length of the view box in units. */
  readonly side: number;
  readonly shapes: readonly Shape[];
  /** False moves every corner to the nearest edge between pixels: for shapes with upright and level edges only. */
  readonly antialias: boolean;
}
