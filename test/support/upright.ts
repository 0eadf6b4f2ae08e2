import type { RawImage } from "../../src/transform/image.ts";

/** `image` turned as its EXIF orientation asks, by where each upright pixel comes from. */
export function upright(image: RawImage, orientation: number): RawImage {
  const { width: w, height: h } = image;
  const swapped = orientation > 4;
  const [width, height] = swapped ? [h, w] : [w, h];
  const [mirrorX, mirrorY] = [[2, 3, 7, 8].includes(orientation), [3, 4, 6, 7].includes(orientation)];
  const pixels = new Uint32Array(image.data.slice().buffer);
  const out = new Uint32Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to++) {
      const sx = swapped ? y : x;
      const sy = swapped ? x : y;
      out[to] = pixels[(mirrorY ? h - 1 - sy : sy) * w + (mirrorX ? w - 1 - sx : sx)];
    }
  return { width, height, data: new Uint8Array(out.buffer) };
}
