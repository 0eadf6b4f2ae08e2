import type { Orientation } from "../codec/codec.ts";
import type { Rect, Size } from "./image.ts";

/**
 * What an orientation does to a stored picture to show it: first mirror left–right, then turn clockwise by quarters.
 * The eight of them are the symmetries of a rectangle, so they compose and invert.
 */
interface Symmetry {
  readonly mirrored: boolean;
  /** Clockwise quarter turns, 0–3. */
  readonly turns: number;
}

const SYMMETRIES: Readonly<Record<Orientation, Symmetry>> = {
  1: { mirrored: false, turns: 0 },
  2: { mirrored: true, turns: 0 },
  3: { mirrored: false, turns: 2 },
  4: { mirrored: true, turns: 2 },
  5: { mirrored: true, turns: 3 },
  6: { mirrored: false, turns: 1 },
  7: { mirrored: true, turns: 1 },
  8: { mirrored: false, turns: 3 },
};

const ALL: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

function orientationOf(mirrored: boolean, turns: number): Orientation {
  const quarter = ((turns % 4) + 4) % 4;
  return ALL.find((o) => SYMMETRIES[o].mirrored === mirrored && SYMMETRIES[o].turns === quarter) ?? 1;
}

/** The one orientation that does `first`, then `second`. */
export function compose(first: Orientation, second: Orientation): Orientation {
  const a = SYMMETRIES[first];
  const b = SYMMETRIES[second];
  // A mirror after a turn is the opposite turn after a mirror.
  return orientationOf(a.mirrored !== b.mirrored, (b.mirrored ? -a.turns : a.turns) + b.turns);
}

/** An orientation as a picture is copied: columns and rows reversed, then exchanged. */
export interface Turn {
  readonly mirrored: boolean;
  readonly upsideDown: boolean;
  readonly transposed: boolean;
}

/** What `orientation` does: an odd number of quarter turns exchanges the sides, and the first of them turns rows over. */
export function turnOf(orientation: Orientation): Turn {
  const { mirrored, turns } = SYMMETRIES[orientation];
  return {
    mirrored: mirrored !== turns >= 2,
    upsideDown: turns === 1 || turns === 2,
    transposed: turns % 2 === 1,
  };
}

export const inverse = (orientation: Orientation): Orientation => {
  const { mirrored, turns } = SYMMETRIES[orientation];
  return mirrored ? orientation : orientationOf(false, -turns);
};

const swapsSides = (orientation: Orientation): boolean => orientation >= 5;

/** Size of a picture of `size` once shown. */
export const orientedSize = ({ width, height }: Size, orientation: Orientation): Size =>
  swapsSides(orientation) ? { width: height, height: width } : { width, height };

/** Where `rect` of a picture of `size` lies once that picture is shown by `orientation`. */
export function orientedRect(rect: Rect, size: Size, orientation: Orientation): Rect {
  const { mirrored, turns } = SYMMETRIES[orientation];
  let at = mirrored ? { ...rect, left: size.width - rect.left - rect.width } : rect;
  let outer = size;
  for (let turn = 0; turn < turns; turn++) {
    at = { left: outer.height - at.top - at.height, top: at.left, width: at.height, height: at.width };
    outer = { width: outer.height, height: outer.width };
  }
  return at;
}
