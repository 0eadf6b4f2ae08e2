import type { Raster } from "../../transform/image.ts";
import { toRaster } from "../../transform/image.ts";
import type { BmpLayout } from "./header.ts";
import { unpackRle } from "./rle.ts";

/** Bytes of RGBA made at a time. */
export const BAND_BYTES = 262_144;
const BLACK = 0xff000000;

/** Pixels that the file lacks are black. */
export function toBmpRaster(bytes: Uint8Array, layout: BmpLayout): Raster {
  if (layout.packing === "none") return rowRaster(bytes, layout);
  const pixels = unpackRle(bytes, layout, toColours(layout));
  const { width, height } = layout;
  return toRaster({ width, height, data: new Uint8Array(pixels.buffer) }, pixels.includes(0));
}

function rowRaster(bytes: Uint8Array, layout: BmpLayout): Raster {
  const { width, height } = layout;
  const alpha = layout.masks[3] !== 0 && hasVisible(bytes, layout);
  const readRow = rowReader(bytes, layout, alpha);
  const rows = Math.max(1, Math.floor(BAND_BYTES / (width * 4)));
  return {
    width,
    height,
    alpha,
    space: "rgb",
    extent: { width, height },
    async *bands() {
      const band = new Uint32Array(width * Math.min(rows, height));
      for (let top = 0; top < height; top += rows) {
        const count = Math.min(rows, height - top);
        for (let row = 0; row < count; row++) readRow(top + row, band.subarray(row * width, (row + 1) * width));
        yield new Uint8Array(band.buffer, 0, count * width * 4);
      }
    },
  };
}

/** Bytes of a row in the file: rows are padded to whole words. */
const strideOf = ({ width, bits }: BmpLayout): number => Math.ceil((width * bits) / 32) * 4;

type RowReader = (y: number, target: Uint32Array) => void;

function rowReader(bytes: Uint8Array, layout: BmpLayout, alpha: boolean): RowReader {
  const stride = strideOf(layout);
  const startOf = (y: number) => layout.pixelsAt + (layout.topDown ? y : layout.height - 1 - y) * stride;
  const read = layout.bits <= 8 ? paletteReader(layout) : layout.bits === 24 ? readTriples : maskReader(layout, alpha);
  return (y, target) => {
    const start = startOf(y);
    const row = bytes.subarray(start, start + stride);
    const whole = Math.min(target.length, Math.floor((row.length * 8) / layout.bits));
    read(row, target.subarray(0, whole));
    target.fill(BLACK, whole);
  };
}

type PixelReader = (row: Uint8Array, target: Uint32Array) => void;

function paletteReader(layout: BmpLayout): PixelReader {
  const { bits } = layout;
  const colours = toColours(layout);
  const mask = (1 << bits) - 1;
  return (row, target) => {
    for (let x = 0, bit = 0; x < target.length; x++, bit += bits)
      target[x] = colours[(row[bit >> 3] >> (8 - bits - (bit & 7))) & mask];
  };
}

const readTriples: PixelReader = (row, target) => {
  for (let x = 0, at = 0; x < target.length; x++, at += 3)
    target[x] = BLACK | (row[at] << 16) | (row[at + 1] << 8) | row[at + 2];
};

function maskReader({ bits, masks }: BmpLayout, alpha: boolean): PixelReader {
  const [red, green, blue, opacity] = masks.map(channelReader);
  const bytes = bits / 8;
  return (row, target) => {
    for (let x = 0, at = 0; x < target.length; x++, at += bytes) {
      const low = row[at] | (row[at + 1] << 8);
      const pixel = bytes === 2 ? low : low | (row[at + 2] << 16) | (row[at + 3] << 24);
      const a = alpha ? opacity(pixel) : 255;
      target[x] = (a << 24) | (blue(pixel) << 16) | (green(pixel) << 8) | red(pixel);
    }
  };
}

/** Reads the bits of `mask` as 0–255, rounded; a channel without bits is 0. */
function channelReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const scale = 255 / (mask >>> shift);
  return (pixel) => (((pixel & mask) >>> shift) * scale + 0.5) | 0;
}

/** Writers that never cared left an alpha of 0 everywhere: such a picture is meant to be seen. */
function hasVisible(bytes: Uint8Array, layout: BmpLayout): boolean {
  const step = layout.bits / 8;
  const stride = strideOf(layout);
  const alpha = layout.masks[3];
  for (let y = 0; y < layout.height; y++) {
    const start = layout.pixelsAt + y * stride;
    const end = Math.min(start + layout.width * step, bytes.length - step + 1);
    for (let at = start; at < end; at += step) {
      const low = bytes[at] | (bytes[at + 1] << 8);
      if (((step === 2 ? low : low | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) & alpha) !== 0) return true;
    }
  }
  return false;
}

/** 256 colours as RGBA words; those that the palette lacks are black. */
function toColours({ palette, paletteEntryBytes }: BmpLayout): Uint32Array {
  const colours = new Uint32Array(256).fill(BLACK);
  for (let index = 0, at = 0; index < 256 && at + 2 < palette.length; index++, at += paletteEntryBytes)
    colours[index] = BLACK | (palette[at] << 16) | (palette[at + 1] << 8) | palette[at + 2];
  return colours;
}
