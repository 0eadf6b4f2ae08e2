import type { RawImage } from "../../transform/image.ts";
import type { Orientation } from "../codec.ts";

/**
 * Sets the alpha of `image` to the red of `mask`. Both are as stored; where they are turned or sized differently, the
 * mask is stretched over the image as both are shown, nearest pixel, as libheif does. Undoes premultiplication.
 */
export function applyAlpha(
  image: RawImage,
  orientation: Orientation,
  mask: RawImage,
  maskOrientation: Orientation,
  premultiplied: boolean,
): void {
  const alike = orientation === maskOrientation && image.width === mask.width && image.height === mask.height;
  const { data } = alike ? mask : stretch(mask, maskOrientation, image, orientation);
  for (let at = 0; at < data.length; at += 4) {
    image.data[at + 3] = data[at];
    if (premultiplied) divide(image.data, at);
  }
}

function divide(data: Uint8Array, at: number): void {
  const alpha = data[at + 3];
  if (alpha === 0 || alpha === 255) return;
  for (let channel = at; channel < at + 3; channel++)
    data[channel] = Math.min(255, Math.round((data[channel] * 255) / alpha));
}

/** The red of `mask` at every pixel of `image`, stored as `image` is. */
function stretch(mask: RawImage, maskTurn: Orientation, image: RawImage, imageTurn: Orientation): RawImage {
  const data = new Uint8Array(image.data.length);
  const [width, height] = shownSize(image, imageTurn);
  const [maskWidth, maskHeight] = shownSize(mask, maskTurn);
  for (let y = 0; y < height; y++) {
    const maskY = Math.floor((y * maskHeight) / height);
    for (let x = 0; x < width; x++) {
      const maskX = Math.floor((x * maskWidth) / width);
      data[storedAt(image, imageTurn, x, y)] = mask.data[storedAt(mask, maskTurn, maskX, maskY)];
    }
  }
  return { width: image.width, height: image.height, data };
}

function shownSize({ width, height }: RawImage, turn: Orientation): readonly [number, number] {
  return turn > 4 ? [height, width] : [width, height];
}

/** Where the pixel that is shown at x, y lies in the data. */
function storedAt({ width, height }: RawImage, turn: Orientation, x: number, y: number): number {
  const [u, v] = turn > 4 ? [y, x] : [x, y];
  const column = turn === 2 || turn === 3 || turn === 7 || turn === 8 ? width - 1 - u : u;
  const row = turn === 3 || turn === 4 || turn === 6 || turn === 7 ? height - 1 - v : v;
  return (row * width + column) * 4;
}
