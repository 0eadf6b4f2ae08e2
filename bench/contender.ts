import type { Format } from "../src/codec/codec.ts";
import type { RawImage } from "../src/transform/image.ts";

/** Formats that everybody is asked for. */
export type PhotoFormat = Extract<Format, "jpg" | "png" | "webp">;

export type Shrink = 1 | 2 | 4 | 8;

export interface Photo {
  readonly name: string;
  readonly format: PhotoFormat;
  readonly bytes: Uint8Array;
}

/** Of every lossy output. */
export const QUALITY = 80;

/** A way to write a picture. */
export type Writer = (image: RawImage, quality: number) => Promise<Uint8Array>;

/** A program that can do what we do. Each call throws an Error that says why where it cannot. */
export interface Contender {
  /** Decodes, scales to `width` with Lanczos3, encodes. */
  scale(photo: Photo, width: number, output: PhotoFormat): Promise<Uint8Array>;
  /** Decodes all pixels, at 1/`shrink` of the size where the format allows it. */
  decode(photo: Photo, shrink: Shrink): Promise<void>;
  encode(image: RawImage, output: PhotoFormat): Promise<Uint8Array>;
  /** Ways to write a picture that are compared with each other, by name. */
  readonly writers?: Readonly<Record<string, Writer>>;
}
