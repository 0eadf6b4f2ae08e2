import { HttpError } from "../../error.ts";
import { firstFrame, type Picture, type Raster } from "../../transform/image.ts";

const FILE_HEADER_BYTES = 14;
const INFO_BYTES = 40;
/** BITMAPV4HEADER, the first that browsers read an alpha mask from. */
const V4_BYTES = 108;
const BITFIELDS = 3;
const SRGB = 0x73524742;
const PIXELS_PER_METRE = 2835;

/**
 * A bitmap of the first frame, rows from the bottom up: 24 bits when opaque, else 32 bits with alpha.
 *
 * @throws HttpError 422 output_too_large
 */
export async function encodeBmp(picture: Picture): Promise<Uint8Array> {
  const raster = await firstFrame(picture);
  const { width, height, alpha } = raster;
  const stride = alpha ? width * 4 : Math.ceil((width * 3) / 4) * 4;
  const pixelsAt = FILE_HEADER_BYTES + (alpha ? V4_BYTES : INFO_BYTES);
  if (pixelsAt + stride * height > 0x7fffffff)
    throw new HttpError(422, "output_too_large", `Cannot write a BMP of ${width} × ${height}`);
  const file = new Uint8Array(pixelsAt + stride * height);
  writeHeader(new DataView(file.buffer), raster, pixelsAt, stride);
  let y = height;
  for await (const band of raster.bands())
    for (let from = 0; from < band.length; from += width * 4) {
      const row = file.subarray(pixelsAt + --y * stride, pixelsAt + (y + 1) * stride);
      writeRow(band.subarray(from, from + width * 4), row, alpha ? 4 : 3);
    }
  return file;
}

function writeHeader(view: DataView, { width, height, alpha }: Raster, pixelsAt: number, stride: number): void {
  view.setUint16(0, 0x424d);
  view.setUint32(2, view.byteLength, true);
  view.setUint32(10, pixelsAt, true);
  view.setUint32(14, pixelsAt - FILE_HEADER_BYTES, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, alpha ? 32 : 24, true);
  view.setUint32(34, stride * height, true);
  view.setInt32(38, PIXELS_PER_METRE, true);
  view.setInt32(42, PIXELS_PER_METRE, true);
  if (!alpha) return;
  view.setUint32(30, BITFIELDS, true);
  [0x00ff0000, 0x0000ff00, 0x000000ff, 0xff000000, SRGB].forEach((word, index) => {
    view.setUint32(54 + index * 4, word, true);
  });
}

/** RGBA to B, G, R and, with four channels, A. */
function writeRow(rgba: Uint8Array, row: Uint8Array, channels: 3 | 4): void {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += channels) {
    row[to] = rgba[from + 2];
    row[to + 1] = rgba[from + 1];
    row[to + 2] = rgba[from];
    if (channels === 4) row[to + 3] = rgba[from + 3];
  }
}
