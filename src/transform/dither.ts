import type { Size } from "./image.ts";
import { createSearch } from "./nearest.ts";
import { type Marks, SKIP } from "./quantize.ts";

/** Bits a channel by which nearest colours are remembered. */
const CACHE_BITS = 6;
const UNKNOWN = -1;
/**
 * Shares of a pixel's error in 256ths: 7, 3, 5 and 1 sixteenths of 0.9. A little less than all is passed on, so that
 * none travels far: smooth areas stay clean.
 */
const AHEAD = 101;
const BELOW_BEHIND = 43;
const BELOW = 72;
const BELOW_AHEAD = 14;

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
  // Errors of R, G, B in 256ths for two rows, with one pixel of margin at both ends.
  let current = new Int32Array((width + 2) * 3);
  let next = new Int32Array((width + 2) * 3);
  for (let y = 0; y < height; y++) {
    const step = y & 1 ? -1 : 1;
    const ahead = step * 3;
    let carriedRed = 0;
    let carriedGreen = 0;
    let carriedBlue = 0;
    for (let n = 0, x = step > 0 ? 0 : width - 1; n < width; n++, x += step) {
      const at = y * width + x;
      if (marks[at] === SKIP) {
        marks[at] = skipped;
        carriedRed = carriedGreen = carriedBlue = 0;
        continue;
      }
      const pixel = pixels[at];
      const place = (x + 1) * 3;
      const red = clamp((pixel & 255) + ((current[place] + carriedRed + 128) >> 8));
      const green = clamp(((pixel >> 8) & 255) + ((current[place + 1] + carriedGreen + 128) >> 8));
      const blue = clamp(((pixel >> 16) & 255) + ((current[place + 2] + carriedBlue + 128) >> 8));
      const index = nearest(red, green, blue);
      marks[at] = index;
      const redError = red - palette[index * 3];
      const greenError = green - palette[index * 3 + 1];
      const blueError = blue - palette[index * 3 + 2];
      carriedRed = redError * AHEAD;
      carriedGreen = greenError * AHEAD;
      carriedBlue = blueError * AHEAD;
      next[place - ahead] += redError * BELOW_BEHIND;
      next[place - ahead + 1] += greenError * BELOW_BEHIND;
      next[place - ahead + 2] += blueError * BELOW_BEHIND;
      next[place] += redError * BELOW;
      next[place + 1] += greenError * BELOW;
      next[place + 2] += blueError * BELOW;
      next[place + ahead] += redError * BELOW_AHEAD;
      next[place + ahead + 1] += greenError * BELOW_AHEAD;
      next[place + ahead + 2] += blueError * BELOW_AHEAD;
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
