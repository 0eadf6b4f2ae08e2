/** Linear light of every 8-bit sRGB value (IEC 61966-2-1). */
const LINEAR = Float32Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/**
 * Writes L, a, b of one 8-bit sRGB colour to `target` at index `at`: Björn Ottosson's Oklab, where equal distances
 * look about equally large. L is 0–1.
 */
export function writeOklab(target: Float32Array, at: number, red: number, green: number, blue: number): void {
  const r = LINEAR[red];
  const g = LINEAR[green];
  const b = LINEAR[blue];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  target[at] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  target[at + 1] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  target[at + 2] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
}
