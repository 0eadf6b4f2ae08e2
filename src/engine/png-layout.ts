import type { Size } from "../transform/image.ts";

/** How the pixels of a PNG lie in its rows. */
export interface PngShape extends Size {
  readonly channels: 1 | 2 | 3 | 4;
  readonly depth: number;
  readonly interlaced: boolean;
}

export interface PngLayout extends PngShape {
  /** 256 colours, RGBA, of a palette or of gray up to 8 bits; absent for all others. */
  readonly colours: Uint8Array | undefined;
  /** The transparent colour as its bytes stand in a row, for gray of 16 bits and RGB. */
  readonly key: Uint8Array | undefined;
  /** False: the missing rows of a damaged picture become black, not transparent. */
  readonly alpha: boolean;
}

/** Bands of about this size stay in the second-level cache between the steps. */
const BAND_BYTES = 262_144;

/** Bytes of a row of `width` pixels without its filter type. */
export const rowBytesOf = ({ channels, depth }: PngShape, width: number): number =>
  Math.ceil((width * channels * depth) / 8);

/** Bytes of a whole pixel, at least 1: how far filters look to the left. */
export const pixelStep = ({ channels, depth }: PngShape): number => Math.max(1, (channels * depth) >> 3);

/** Bytes of a pixel in the frame of an interlaced picture: as stored, but RGBA for 16 bits (pngFramePixel). */
export const framePixel = ({ channels, depth }: PngShape): number => (depth === 16 ? 4 : channels);

export const bandRows = ({ width, height }: Size): number =>
  Math.min(height, Math.max(1, Math.floor(BAND_BYTES / (width * 4))));

/** Makes RGBA pixels transparent, or black where the picture promises to be opaque. */
export function blank(pixels: Uint8Array, alpha: boolean): void {
  new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4).fill(alpha ? 0 : 0xff000000);
}
