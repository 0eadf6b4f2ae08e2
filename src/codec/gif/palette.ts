import { ditherInPlace } from "../../transform/dither.ts";
import type { Size } from "../../transform/image.ts";
import { adaptivePalette, type Marks, SKIP } from "../../transform/quantize.ts";
import { type ColourTable, createColourTable } from "./colour-table.ts";

const MAX_COLOURS = 256;

/** A frame's pixels, one 32-bit word each with R in the lowest byte, and which of them are to be painted. */
export interface MarkedPixels extends Size {
  readonly pixels: Uint32Array;
  readonly marks: Marks;
}

/** Colours of one frame, R, G, B each, as many as there are indices in use. */
export interface FrameColours {
  readonly rgb: Uint8Array;
  /** Shows what lies beneath. */
  readonly transparentIndex: number | undefined;
  /** Whether they are the ones that frames share, which are in the file once. */
  readonly shared: boolean;
}

/** Colours that frames share; index 0 is the transparent one. They become more with every frame that still fits in. */
export interface SharedColours {
  readonly table: ColourTable;
}

const TRANSPARENT = 0;

export function createSharedColours(): SharedColours {
  const table = createColourTable(MAX_COLOURS);
  table.add(0);
  return { table };
}

/**
 * Replaces the marks of a frame by colour indices: exact ones where 256 colours suffice, else those of an adaptive
 * palette, dithered. Skipped pixels get the transparent index.
 *
 * @param transparent whether an index must be transparent; false = skipped pixels do not occur
 */
export function toIndices(
  frame: MarkedPixels,
  exact: ColourTable | undefined,
  transparent: boolean,
  shared: SharedColours | undefined,
): FrameColours {
  const { pixels, marks } = frame;
  if (exact && shared?.table.addAll(exact)) {
    indexInPlace(pixels, marks, shared.table, TRANSPARENT);
    return { rgb: shared.table.rgb(), transparentIndex: TRANSPARENT, shared: true };
  }
  const rgb = exact?.rgb() ?? adaptivePalette(pixels, marks, colourLimit(transparent));
  const count = rgb.length / 3;
  if (exact) indexInPlace(pixels, marks, exact, count);
  else ditherInPlace(frame, rgb, count);
  return transparent
    ? { rgb: withColour(rgb), transparentIndex: count, shared: false }
    : { rgb, transparentIndex: undefined, shared: false };
}

/** How many colours a frame may have. */
export const colourLimit = (transparent: boolean): number => (transparent ? MAX_COLOURS - 1 : MAX_COLOURS);

/** Colours of the marked pixels, unless they are more than `limit`. */
export function exactColours({ pixels, marks }: MarkedPixels, limit: number): ColourTable | undefined {
  const table = createColourTable(limit);
  for (let i = 0, previous = 0; i < pixels.length; i++) {
    if (marks[i] === SKIP || pixels[i] === previous) continue;
    previous = pixels[i];
    if (table.add(previous) < 0) return undefined;
  }
  return table;
}

function indexInPlace(pixels: Uint32Array, marks: Marks, table: ColourTable, skipped: number): void {
  for (let i = 0, previous = 0, index = 0; i < marks.length; i++) {
    if (marks[i] === SKIP) {
      marks[i] = skipped;
      continue;
    }
    if (pixels[i] !== previous) index = table.add(pixels[i]);
    previous = pixels[i];
    marks[i] = index;
  }
}

/**
 * The same colours with a transparent index, for which the two nearest ones are merged when all 256 are in use.
 *
 * @param indices of the frame, changed where its colour is given up
 */
export function withTransparent(colours: FrameColours, indices: Uint8Array): FrameColours {
  if (colours.transparentIndex !== undefined) return colours;
  const count = colours.rgb.length / 3;
  if (count < MAX_COLOURS) return { ...colours, rgb: withColour(colours.rgb), transparentIndex: count };
  const [kept, freed] = nearestPair(colours.rgb);
  for (let i = 0; i < indices.length; i++) if (indices[i] === freed) indices[i] = kept;
  return { ...colours, transparentIndex: freed };
}

function withColour(rgb: Uint8Array): Uint8Array {
  const more = new Uint8Array(rgb.length + 3);
  more.set(rgb);
  return more;
}

function nearestPair(rgb: Uint8Array): [number, number] {
  let pair: [number, number] = [0, 3];
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < rgb.length; a += 3)
    for (let b = a + 3; b < rgb.length; b += 3) {
      const distance = (rgb[a] - rgb[b]) ** 2 + (rgb[a + 1] - rgb[b + 1]) ** 2 + (rgb[a + 2] - rgb[b + 2]) ** 2;
      if (distance >= least) continue;
      least = distance;
      pair = [a, b];
    }
  return [pair[0] / 3, pair[1] / 3];
}
