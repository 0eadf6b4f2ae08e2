/**
 * What ink takes from white in R, G, B: of each ink, then of each pair, all from 0 to 1. Fitted by least squares to the
 * general press profile that libvips falls back to, single inks and pairs counting more; on a grid of 9 a side it is off
 * by 5.5 of 255 on average, where multiplying complements is off by 13.8. A table would be closer but a hundred times larger.
 */
const INKS: readonly (readonly [inks: string, r: number, g: number, b: number])[] = [
  ["c", -270, -93, -33],
  ["m", -6, -187, -116],
  ["y", -10, -34, -195],
  ["k", -187, -186, -186],
  ["cc", -17, 2, 5],
  ["cm", 57, 61, 8],
  ["cy", 12, 11, 41],
  ["ck", 227, 54, 7],
  ["mm", -3, -36, 6],
  ["my", -1, 20, 75],
  ["mk", -14, 166, 67],
  ["yy", 5, 5, -32],
  ["yk", 2, 16, 156],
  ["kk", -37, -40, -34],
];

/** The pairs in the order of `INKS`, and what they take, R, G, B after each other. */
const TAKEN = Float64Array.from(INKS.flatMap(([, ...taken]) => taken));

/** CMYK of no known press (0 = no ink) to sRGB, in place. */
export function cmykWithoutProfile(pixels: Uint8Array): void {
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  const amounts = new Float64Array(INKS.length);
  for (let at = 0; at < pixels.length; at += 4) {
    setAmounts(amounts, pixels, at);
    let red = 255;
    let green = 255;
    let blue = 255;
    for (let index = 0; index < amounts.length; index++) {
      red += amounts[index] * TAKEN[index * 3];
      green += amounts[index] * TAKEN[index * 3 + 1];
      blue += amounts[index] * TAKEN[index * 3 + 2];
    }
    clamped[at] = red;
    clamped[at + 1] = green;
    clamped[at + 2] = blue;
    clamped[at + 3] = 255;
  }
}

/** Each ink, then each pair: the order of `INKS`. */
function setAmounts(amounts: Float64Array, pixels: Uint8Array, at: number): void {
  let pair = 4;
  for (let ink = 0; ink < 4; ink++) amounts[ink] = pixels[at + ink] / 255;
  for (let ink = 0; ink < 4; ink++)
    for (let other = ink; other < 4; other++) amounts[pair++] = amounts[ink] * amounts[other];
}
