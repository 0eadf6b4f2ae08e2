import { TAG, type TiffLayout, tileRowBytes } from "./header.ts";
import { tiffValue } from "./tags.ts";

/** Writes row `row` of a row of tiles to `target`, four bytes a pixel: R, G, B, A or C, M, Y, K. */
type RgbaWriter = (tiles: readonly (readonly Uint8Array[])[], row: number, target: Uint8Array) => void;

export function toRgbaWriter(layout: TiffLayout): RgbaWriter {
  const { width, tile, planar, samples } = layout;
  const rowBytes = tileRowBytes(layout);
  const perRow = tile.width * (planar ? 1 : samples);
  const planes = Array.from({ length: planar ? samples : 1 }, () => new Uint8Array(perRow));
  const widen = sampleReader(layout);
  const write = pixelWriter(layout);
  return (tiles, row, target) => {
    tiles.forEach((channels, column) => {
      channels.forEach((data, plane) => {
        widen(data.subarray(row * rowBytes, (row + 1) * rowBytes), planes[plane]);
      });
      const left = column * tile.width;
      write(planes, target.subarray(left * 4, Math.min(left + tile.width, width) * 4));
    });
  };
}

type SampleReader = (row: Uint8Array, target: Uint8Array) => void;

/** Samples of any depth to 8 bits, rounded; indices of a palette as they are. A row that is too short ends in zeros. */
function sampleReader({ bits, colour, directory }: TiffLayout): SampleReader {
  if (bits === 8)
    return (row, target) => {
      target.set(row);
      target.fill(0, row.length);
    };
  if (bits === 16) {
    const high = directory.littleEndian ? 1 : 0;
    return (row, target) => {
      for (let i = 0; i < target.length; i++) {
        const value = (row[i * 2 + high] << 8) | row[i * 2 + 1 - high];
        target[i] = (value * 255 + 32767) / 65535;
      }
    };
  }
  const most = (1 << bits) - 1;
  const scale = colour === "palette" ? 1 : 255 / most;
  return (row, target) => {
    for (let i = 0, bit = 0; i < target.length; i++, bit += bits) {
      // 16 bits from the byte where the sample begins hold all of it: 12-bit samples begin at bit 0 or 4.
      const word = (row[bit >> 3] << 8) | row[(bit >> 3) + 1];
      target[i] = ((word >> (16 - bits - (bit & 7))) & most) * scale + 0.5;
    }
  };
}

type PixelWriter = (planes: readonly Uint8Array[], target: Uint8Array) => void;

function pixelWriter(layout: TiffLayout): PixelWriter {
  const { colour, colourants, samples, planar, alpha } = layout;
  const step = planar ? 1 : samples;
  /** The plane and the place in it where a channel's first sample is. */
  const channel = (planes: readonly Uint8Array[], index: number) =>
    planar ? planes[index] : planes[0].subarray(index);
  if (colour === "palette") return paletteWriter(layout, step);
  if (colour === "cmyk")
    return (planes, target) => {
      for (let ink = 0; ink < 4; ink++) spread(channel(planes, ink), step, target, ink);
    };
  return (planes, target) => {
    for (let c = 0; c < 3; c++) spread(channel(planes, colourants === 3 ? c : 0), step, target, c);
    if (colour === "white-is-zero") invert(target);
    if (alpha) spread(channel(planes, colourants), step, target, 3);
    else for (let at = 3; at < target.length; at += 4) target[at] = 255;
    if (alpha === "associated") unpremultiply(target);
  };
}

function spread(source: Uint8Array, step: number, target: Uint8Array, offset: number): void {
  for (let from = 0, to = offset; to < target.length; from += step, to += 4) target[to] = source[from];
}

function invert(rgba: Uint8Array): void {
  for (let at = 0; at < rgba.length; at++) rgba[at] = 255 - rgba[at];
}

/** Associated alpha has colours multiplied by it (TIFF 6.0 §18). */
function unpremultiply(rgba: Uint8Array): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3];
    if (alpha === 255) continue;
    for (let c = at; c < at + 3; c++) rgba[c] = alpha === 0 ? 0 : Math.min(255, (rgba[c] * 255) / alpha + 0.5);
  }
}

function paletteWriter(layout: TiffLayout, step: number): PixelWriter {
  const colours = readColourMap(layout);
  return ([indices], target) => {
    for (let from = 0, to = 0; to < target.length; from += step, to += 4) {
      const at = indices[from] * 3;
      target[to] = colours[at];
      target[to + 1] = colours[at + 1];
      target[to + 2] = colours[at + 2];
      target[to + 3] = 255;
    }
  };
}

/** The map has 16 bits a channel, all reds first; some writers fill in 8-bit values. */
function readColourMap({ directory, bits }: TiffLayout): Uint8Array {
  const count = 1 << bits;
  const values = Array.from({ length: count * 3 }, (_, i) => tiffValue(directory, TAG.colourMap, i) ?? 0);
  const shift = values.some((value) => value > 255) ? 8 : 0;
  return Uint8Array.from({ length: 256 * 3 }, (_, i) => {
    const index = Math.floor(i / 3);
    return index < count ? values[(i % 3) * count + index] >> shift : 0;
  });
}
