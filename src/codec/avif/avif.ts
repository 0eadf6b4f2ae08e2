import { type RawImage, type Rect, stillPicture, toRaster } from "../../transform/image.ts";
import type { DecodeRequest, Decoder, Header } from "../codec.ts";
import { applyAlpha } from "./alpha.ts";
import { type AvifColour, type AvifLayer, avifHeader, readAvif } from "./header.ts";
import { decodeTile, undecodable } from "./tile.ts";

/** Stills and covers of sequences. Tiles of a grid, and alpha, are decoded one after the other to bound memory. */
export const avifDecoder: Decoder = {
  format: "avif",
  readHeader: avifHeader,
  readProfile: async (bytes) => readAvif(bytes).profile,
  workingSetBytes,
  async decode(bytes, header) {
    const picture = readAvif(bytes);
    const { colour, alpha, premultiplied, conversion } = picture;
    if (picture.width !== header.width || picture.height !== header.height)
      throw undecodable("its size is not the header's");
    const image = await decodeLayer(bytes, colour, conversion, picture.crop);
    if (alpha) {
      const mask = await decodeLayer(bytes, alpha.layer, { matrix: 2, fullRange: true }, alpha.crop);
      applyAlpha(image, picture.orientation, mask, alpha.orientation, premultiplied);
    }
    return stillPicture(toRaster(image, alpha !== undefined));
  },
};

/** The part of a layer that `crop` covers. */
async function decodeLayer(file: Uint8Array, layer: AvifLayer, colour: AvifColour, crop: Rect): Promise<RawImage> {
  const { width, height } = crop;
  const [first, ...others] = layer.tiles;
  if (others.length === 0 && width === first.width && height === first.height) return decodeTile(file, first, colour);
  const canvas = { width, height, data: new Uint8Array(width * height * 4) };
  for (const [index, tile] of layer.tiles.entries()) {
    const left = (index % layer.columns) * first.width - crop.left;
    const top = Math.floor(index / layer.columns) * first.height - crop.top;
    if (left >= width || top >= height || left + first.width <= 0 || top + first.height <= 0) continue;
    paint(await decodeTile(file, tile, colour), left, top, canvas);
  }
  return canvas;
}

/** Copies the part of `tile`, placed at left, top, that lies inside `canvas`. */
function paint(tile: RawImage, left: number, top: number, canvas: RawImage): void {
  const from = Math.max(0, -left);
  const to = Math.min(tile.width, canvas.width - left);
  for (let y = Math.max(0, -top); y < Math.min(tile.height, canvas.height - top); y++) {
    const row = tile.data.subarray((y * tile.width + from) * 4, (y * tile.width + to) * 4);
    canvas.data.set(row, ((top + y) * canvas.width + left + from) * 4);
  }
}

const MIB = 1024 * 1024;

/**
 * Measured on 0.5 to 6 megapixels of every subsampling: the instance takes 10 to 12 MiB and then, a pixel, up to 15
 * bytes for gray of 8 bit, 18 for colour, 18 and 26 for more bits (most of it libaom's 4 × 4 block records). It stops at
 * 96 MiB. Alpha is a second, gray run, while the colours are kept. A grid takes less.
 */
function workingSetBytes({ width, height, depth, alpha, colour }: Header, _: DecodeRequest, sourceBytes: number) {
  const pixels = width * height;
  const perPixel = colour === "gray" ? (depth > 8 ? 18 : 15) : depth > 8 ? 26 : 18;
  const instance = Math.min(12 * MIB + pixels * perPixel + sourceBytes, 96 * MIB);
  return instance + sourceBytes + pixels * (alpha ? 8 : 4);
}
