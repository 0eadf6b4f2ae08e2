import type { Picture, Size } from "../transform/image.ts";
import type { Rescaling } from "../transform/rescaling.ts";

export type Format = "jpg" | "png" | "gif" | "webp" | "avif" | "bmp" | "tiff";

/** EXIF orientation (TIFF 6.0 / EXIF 2.32 tag 0x0112): 1 upright, 6 = turn 90° clockwise to see it upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What the first bytes of a file say, known before anything is decoded. Sizes are as stored: not yet oriented. */
export interface Header extends Size {
  readonly format: Format;
  readonly orientation: Orientation;
  /** 1 for a still. */
  readonly frameCount: number;
  readonly alpha: boolean;
  readonly colour: "gray" | "rgb" | "palette" | "yuv" | "cmyk" | "ycck";
  /** Bits a channel, as stored. */
  readonly depth: number;
  /** Passes over the picture, where the file itself decides on their number (JPEG). */
  readonly scanCount?: number;
  /** True where pixels come in passes: progressive JPEG, interlaced PNG or GIF. */
  readonly progressive: boolean;
  /** Bytes that must be unpacked in one go, where the file itself decides on it (TIFF strips and tiles). */
  readonly unpackedBytes?: number;
}

export interface DecodeRequest {
  /** The decoder may shrink (by 1/2, 1/4, 1/8) while both sides stay at least this; absent = full size. As stored. */
  readonly atLeast: Size | undefined;
  /** `first`: one frame is enough, whatever the file holds. */
  readonly frames: "first" | "all";
}

/** Reads one format. Header, prediction and decoding agree: a decoder that meets another size than the header's stops. */
export interface Decoder {
  readonly format: Format;
  /** @throws HttpError 422 decode_failed, 415 unsupported_image */
  readHeader(bytes: Uint8Array): Header;
  /** The embedded ICC profile, at most 4 MiB once inflated; a broken or larger one counts as absent. */
  readProfile(bytes: Uint8Array): Promise<Uint8Array | undefined>;
  /** Predicted peak of bytes that decoding takes beyond the source bytes themselves: WASM memory and buffers. */
  workingSetBytes(header: Header, request: DecodeRequest, sourceBytes: number): number;
  /** By which number `decode` divides the sides; absent where it gives every picture in full. */
  shrinkOf?(header: Header, request: DecodeRequest): number;
  /** Where a decoder scales while it decodes; absent also where this picture must be decoded first. */
  planScaled?(header: Header, request: ScaleRequest): PlannedDecode | undefined;
  /** @throws HttpError 422 decode_failed (also while frames and bands are being read) */
  decode(bytes: Uint8Array, header: Header, request: DecodeRequest): Promise<Picture>;
}

export const EFFORTS = ["normal", "max"] as const;

/** How much time a smaller file is worth: `max` takes what it needs. */
export type Effort = (typeof EFFORTS)[number];

export interface EncodeOptions {
  /** 1–100; formats without loss ignore it. */
  readonly quality: number;
  /** The file will be given an RGB profile: it must say RGB even where every pixel is gray (PNG 3rd edition §11.3.2.3). */
  readonly rgb?: boolean;
  /** Absent: `normal`. Formats and pictures for which nothing more can be done ignore it. */
  readonly effort?: Effort;
}

/** Writes one format. Takes sRGB; formats without alpha are given opaque pictures. */
export interface Encoder {
  readonly format: Format;
  readonly mime: string;
  /** Without the dot. */
  readonly extension: string;
  readonly alpha: boolean;
  /** False: only the first frame is written. */
  readonly animated: boolean;
  /** Predicted peak of bytes that encoding takes. */
  workingSetBytes(picture: Size & { readonly alpha: boolean }, effort?: Effort): number;
  encode(picture: Picture, options: EncodeOptions): Promise<Uint8Array>;
}

/** `atLeast` as in a `DecodeRequest`. */
export interface ScaleRequest extends Pick<DecodeRequest, "atLeast"> {
  readonly rescaling: Rescaling;
}

/** A picture that comes out of its decoder scaled. */
export interface PlannedDecode {
  /** What the picture is read at, such as 1/4. */
  readonly scale: string;
  /** Predicted peak of bytes that it takes beyond the source bytes themselves. */
  readonly memoryBytes: number;
  /** @throws HttpError 422 decode_failed, image_too_large (also while bands are being read) */
  decode(bytes: Uint8Array): Promise<Picture>;
}

export interface RescaleRequest extends ScaleRequest, Pick<EncodeOptions, "quality"> {}

/** Makes a file of a format from another of that format, scaled, cut and turned, without making pixels of it. */
export interface Rescaler {
  /** Absent where this picture must go the way of pixels. */
  plan(header: Header, request: RescaleRequest): PlannedRescale | undefined;
}

export interface PlannedRescale {
  /** What the picture is read at, such as 1/4. */
  readonly scale: string;
  /** Predicted peak of bytes that it takes beyond the source and the result, and what the result may take. */
  readonly memoryBytes: number;
  readonly outputBytes: number;
  /** @throws HttpError 422 decode_failed, image_too_large, output_too_large */
  run(bytes: Uint8Array): Promise<Uint8Array>;
}
