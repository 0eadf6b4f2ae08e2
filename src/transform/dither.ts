import type { Size } from "./image.ts";
import { createSearch } from "./nearest.ts";
import { type Marks, SKIP } from "./quantize.ts";

/** Bits a channel by which nearest colours are remembered. */
const CACHE_BITS = 6;
const UNKNOWN = -1;
/** A little less than all of the error is passed on, so that none travels far: smooth areas stay clean. */
const STRENGTH = 0.9;

/**
 * Replaces the mark of every marked pixel by the index of a colour of `palette`, and the others' by `skipped`.
 * Floyd–Steinberg error diffusion, rows in alternating directions; error that meets an unmarked pixel is dropped, so
 * what stays unchanged between two frames cannot make its surroundings flicker.
 *
 * @param frame `pixels`: one 32-bit word each, R in the lowest byte
 */
export function ditherInPlace(
  { pixels, marks, width, height }: Size & { readonly pixels: Uint32Array; readonly marks: Marks },
  palette: Uint8Array,
  skipped: number,
): void {
  const nearest = createNearest(palette);
  // Three errors a pixel, with one pixel of margin at both ends of a row.
  let current = new Float32Array((width + 2) * 3);
  let next = new Float32Array((width + 2) * 3);
  for (let y = 0; y < height; y++) {
    const step = y & 1 ? -1 : 1;
    const ahead = step * 3;
    for (let n = 0, x = step > 0 ? 0 : width - 1; n < width; n++, x += step) {
      const at = y * width + x;
      if (marks[at] === SKIP) {
        marks[at] = skipped;
        continue;
      }
      const pixel = pixels[at];
      const e = (x + 1) * 3;
      const red = clamp((pixel & 255) + current[e]);
      const green = clamp(((pixel >> 8) & 255) + current[e + 1]);
      const blue = clamp(((pixel >> 16) & 255) + current[e + 2]);
      const index = nearest(red, green, blue);
      marks[at] = index;
      for (let channel = 0; channel < 3; channel++) {
        const wanted = channel === 0 ? red : channel === 1 ? green : blue;
        const share = (wanted - palette[index * 3 + channel]) * (STRENGTH / 16);
        const place = e + channel;
        current[place + ahead] += share * 7;
        next[place - ahead] += share * 3;
        next[place] += share * 5;
        next[place + ahead] += share;
      }
    }
    [current, next] = [next, current];
    next.fill(0);
  }
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/**
 * Nearest colour in RGB, found once for each cell of the cache. In RGB because the error is spread there: with another
 * measure it can grow in a direction that hardly counts until a pixel of a quite different colour pays for it.
 */
function createNearest(palette: Uint8Array): (red: number, green: number, blue: number) => number {
  const search = createSearch(Float32Array.from(palette));
  const cache = new Int16Array(1 << (3 * CACHE_BITS)).fill(UNKNOWN);
  return (red, green, blue) => {
    const cell = ((red & 0xfc) << 10) | ((green & 0xfc) << 4) | (blue >> 2);
    if (cache[cell] === UNKNOWN) cache[cell] = search((red & 0xfc) + 1.5, (green & 0xfc) + 1.5, (blue & 0xfc) + 1.5);
    return cache[cell];
  };
}
