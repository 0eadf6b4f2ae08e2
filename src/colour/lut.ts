import type { Conversion } from "./conversion.ts";
import type { IccProfile } from "./icc.ts";
import { GRID, sampleProfile } from "./lcms.ts";

/**
 * A profile with a table (`A2B0`). Little CMS is asked once for the sRGB of every point of a grid, and pixels are found
 * between them: its instance lives for one call however large the picture is. Undefined where Little CMS refuses it.
 */
export function lutConversion(profile: IccProfile): Conversion | undefined {
  const channels = profile.space === "CMYK" ? 4 : profile.space === "RGB" ? 3 : 1;
  const grid = sampleProfile(profile, channels);
  return grid && ((pixels) => convertByGrid(pixels, grid, channels));
}

/** Where each 8-bit value lies: the point below it, and how far above, of 255. */
const BELOW = Uint8Array.from({ length: 256 }, (_, value) =>
  Math.min(Math.floor((value * (GRID - 1)) / 255), GRID - 2),
);
const ABOVE = Uint8Array.from({ length: 256 }, (_, value) => value * (GRID - 1) - BELOW[value] * 255);

/**
 * Interpolation in a simplex (tetrahedral, for three channels): from the corner below, go along the axes in the order of
 * how far the value is along them; each corner on the way weighs the difference of two such distances.
 * @param grid sRGB of 16 bit of each point, the last channel counting fastest
 */
function convertByGrid(pixels: Uint8Array, grid: Uint16Array, channels: number): void {
  const strides = Array.from({ length: channels }, (_, channel) => 3 * GRID ** (channels - 1 - channel));
  const order = new Int32Array(channels);
  for (let at = 0; at < pixels.length; at += 4) {
    let corner = 0;
    for (let channel = 0; channel < channels; channel++) {
      const value = pixels[at + channel];
      corner += BELOW[value] * strides[channel];
      order[channel] = (ABOVE[value] << 2) | channel;
    }
    sort(order);
    interpolate(pixels, at, grid, corner, order, strides);
    if (channels === 4) pixels[at + 3] = 255;
  }
}

/** By insertion: three or four numbers. */
function sort(values: Int32Array): void {
  for (let next = 1; next < values.length; next++) {
    const value = values[next];
    let at = next;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}

/** 16 bit times 255 parts back to 8 bit. */
const WHOLE = 255 * 257;

function interpolate(
  pixels: Uint8Array,
  at: number,
  grid: Uint16Array,
  corner: number,
  order: Int32Array,
  strides: readonly number[],
): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let point = corner;
  let from = 255;
  for (let step = order.length; step >= 0; step--) {
    const to = step > 0 ? order[step - 1] >> 2 : 0;
    const weight = from - to;
    red += weight * grid[point];
    green += weight * grid[point + 1];
    blue += weight * grid[point + 2];
    if (step > 0) point += strides[order[step - 1] & 3];
    from = to;
  }
  pixels[at] = red / WHOLE + 0.5;
  pixels[at + 1] = green / WHOLE + 0.5;
  pixels[at + 2] = blue / WHOLE + 0.5;
}
