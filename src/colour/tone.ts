import type { Conversion } from "./conversion.ts";
import { type IccProfile, readCurve, readXyz } from "./icc.ts";

/** From D50 XYZ, which profiles connect by, to linear sRGB: the inverse of sRGB's colorants adapted by Bradford. */
const XYZ_TO_SRGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

const FRACTION_BITS = 6;
const HALF = 1 << (FRACTION_BITS - 1);
/** Linear light counts to here: fine enough that the steep begin of sRGB's curve loses nothing. */
const LINEAR_MAX = (1 << 14) - 1;

/** sRGB of every step of linear light (IEC 61966-2-1), 0 to 255. */
const ENCODED = Uint8Array.from({ length: LINEAR_MAX + 1 }, (_, step) => encode(step / LINEAR_MAX));

function encode(linear: number): number {
  return Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
}

/**
 * A profile of three curves and a matrix (ICC.1 §8.3.3): linear light of each channel, mixed into sRGB's. Undefined where
 * it is incomplete, or does what sRGB does.
 */
export function matrixConversion({ lab, tags }: IccProfile): Conversion | undefined {
  const channels = ["r", "g", "b"].map((name) => {
    const [curve, xyz] = [readCurve(tags.get(`${name}TRC`)), readXyz(tags.get(`${name}XYZ`))];
    return curve && xyz && XYZ_TO_SRGB.map((row) => mixed(curve, dot(row, xyz)));
  });
  const [red, green, blue] = channels;
  if (lab || !red || !green || !blue) return undefined;
  const conversion: Conversion = (pixels) => convertMatrix(pixels, [red, green, blue]);
  return changesNothing(conversion) ? undefined : conversion;
}

const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** What each value of a channel adds to one of sRGB's, in fixed point. */
function mixed(curve: Float64Array, share: number): Int32Array {
  return Int32Array.from(curve, (linear) => Math.round(linear * share * LINEAR_MAX * (1 << FRACTION_BITS)));
}

function convertMatrix(pixels: Uint8Array, [red, green, blue]: readonly (readonly Int32Array[])[]): void {
  const [redToRed, redToGreen, redToBlue] = red;
  const [greenToRed, greenToGreen, greenToBlue] = green;
  const [blueToRed, blueToGreen, blueToBlue] = blue;
  for (let at = 0; at < pixels.length; at += 4) {
    const r = pixels[at];
    const g = pixels[at + 1];
    const b = pixels[at + 2];
    pixels[at] = encoded(redToRed[r] + greenToRed[g] + blueToRed[b]);
    pixels[at + 1] = encoded(redToGreen[r] + greenToGreen[g] + blueToGreen[b]);
    pixels[at + 2] = encoded(redToBlue[r] + greenToBlue[g] + blueToBlue[b]);
  }
}

function encoded(sum: number): number {
  const linear = (sum + HALF) >> FRACTION_BITS;
  return ENCODED[linear < 0 ? 0 : linear > LINEAR_MAX ? LINEAR_MAX : linear];
}

/** Every step of a 9 × 9 × 9 cube stays within one of 255: then the profile is sRGB by another name. */
function changesNothing(conversion: Conversion): boolean {
  const cube = Uint8Array.from({ length: 9 ** 3 * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : Math.round((Math.floor((at >> 2) / 9 ** (at % 4)) % 9) * 31.875),
  );
  const result = Uint8Array.from(cube);
  conversion(result);
  return cube.every((value, at) => Math.abs(value - result[at]) <= 1);
}

/** A gray profile of one curve (ICC.1 §8.3.2, §F.2): lightness, or luminance, of each value. Pixels have R = G = B. */
export function grayConversion({ lab, tags }: IccProfile): Conversion | undefined {
  const curve = readCurve(tags.get("kTRC"));
  if (!curve) return undefined;
  const table = Uint8Array.from(curve, (value) => encode(lab ? luminance(value * 100) : value));
  if (table.every((value, index) => Math.abs(value - index) <= 1)) return undefined;
  return (pixels) => {
    for (let at = 0; at < pixels.length; at += 4) {
      const value = table[pixels[at]];
      pixels[at] = value;
      pixels[at + 1] = value;
      pixels[at + 2] = value;
    }
  };
}

/** Y of L* (CIE 15). */
function luminance(lightness: number): number {
  return lightness > 8 ? ((lightness + 16) / 116) ** 3 : lightness / 903.3;
}
