import { createJpegEngine, type JpegEngine } from "../../engine/jpeg.ts";
import {
  bandBytes,
  blocksOf,
  isMerged,
  type JpegPlane,
  jpegLayout,
  jpegMemoryBytes,
  type Shrink,
} from "../../engine/jpeg-layout.ts";
import type { JpegScan } from "../../engine/jpeg-scans.ts";
import { HttpError } from "../../error.ts";
import { MAX_INSTANCE_BYTES } from "../../platform/wasm-memory.ts";
import { type Raster, type Size, stillPicture } from "../../transform/image.ts";
import type { DecodeRequest, Decoder } from "../codec.ts";
import { type JpegHeader, type OpenJpeg, openJpeg, readJpegHeader } from "./header.ts";
import { readJpegProfile } from "./profile.ts";
import { broken } from "./segments.ts";

/** Twice what callers allow by default (security.md L4): a larger size is never meant. */
const MAX_PIXELS = 100_000_000;
/** Arithmetic decoding goes on without data, so a small file could ask for any number of coefficients again and again. */
const MAX_ARITHMETIC_VISITS = 400_000_000;
const SHRINKS: readonly Shrink[] = [8, 4, 2];

/** JPEG (T.81): baseline, extended and progressive, Huffman and arithmetic coding, 8 bits. */
export const jpegDecoder: Decoder = {
  format: "jpg",
  readHeader: readJpegHeader,
  readProfile: async (bytes) => readJpegProfile(bytes),
  workingSetBytes(header: JpegHeader, request) {
    const layout = jpegLayout(header.frame, shrinkFor(header, request.atLeast));
    return jpegMemoryBytes(header.frame, layout, header.scanCount) + bandBytes(layout);
  },
  async decode(bytes, header: JpegHeader, request) {
    const jpeg = openJpeg(bytes);
    if (jpeg.header.width !== header.width || jpeg.header.height !== header.height)
      throw broken("its size is not that of the header");
    return stillPicture(rasterOf(bytes, { ...jpeg, header: { ...jpeg.header, scanCount: header.scanCount } }, request));
  },
};

/** The largest shrink whose result, not rounded, is still at least as large as asked for. */
export function shrinkFor({ width, height }: Size, atLeast: Size | undefined): Shrink {
  if (atLeast === undefined) return 1;
  return SHRINKS.find((shrink) => width / shrink >= atLeast.width && height / shrink >= atLeast.height) ?? 1;
}

/** A JPEG whose scans were counted. */
interface CountedJpeg extends OpenJpeg {
  readonly header: JpegHeader;
}

function rasterOf(bytes: Uint8Array, jpeg: CountedJpeg, { atLeast }: DecodeRequest): Raster {
  const { header } = jpeg;
  const { frame, colour } = header;
  const shrink = shrinkFor(header, atLeast);
  const layout = jpegLayout(frame, shrink);
  verifySize(header, jpegMemoryBytes(frame, layout, header.scanCount));
  return {
    ...{ width: layout.width, height: layout.height, alpha: false },
    space: colour === "cmyk" || colour === "ycck" ? "cmyk" : "rgb",
    extent: { width: header.width / shrink, height: header.height / shrink },
    async *bands() {
      yield* guarded(() => bandsOf(jpeg, createJpegEngine(bytes, frame, colour, shrink)));
    },
  };
}

function verifySize({ width, height }: Size, memoryBytes: number): void {
  if (width * height > MAX_PIXELS || memoryBytes > MAX_INSTANCE_BYTES)
    throw new HttpError(422, "image_too_large", `Cannot decode JPEG: ${width} × ${height} pixels are too many`);
}

function* bandsOf(jpeg: CountedJpeg, engine: JpegEngine): Generator<Uint8Array> {
  try {
    engine.openScans(isMerged(jpeg.header.frame) ? scansOf(jpeg, engine) : [jpeg.firstScan]);
    yield* engine.bands();
    // A frame header where data should be says that this is some other picture (security.md L17).
    const cut = engine.cutAt();
    if (cut !== undefined) jpeg.nextScan(cut);
  } finally {
    engine.close();
  }
}

/** Never more than were counted: so many were allowed (security.md L9), and have their memory. */
function scansOf({ header, firstScan, nextScan }: CountedJpeg, engine: JpegEngine): JpegScan[] {
  const { frame, scanCount } = header;
  const scans: JpegScan[] = [];
  let visits = 0;
  let scan: JpegScan | undefined = firstScan;
  for (; scan && scans.length < scanCount; scan = nextScan(engine.endOf(scan))) {
    scans.push(scan);
    visits += frame.arithmetic ? coefficientsOf(scan, engine.layout.planes) : 0;
    if (visits > MAX_ARITHMETIC_VISITS)
      throw new HttpError(422, "too_many_scans", "Cannot read JPEG: it has too many scans for its size");
  }
  return scans;
}

function coefficientsOf({ members, band }: JpegScan, planes: readonly JpegPlane[]): number {
  const blocks = members.reduce((sum, { component }) => sum + blocksOf(planes[component]), 0);
  return blocks * (band[1] - band[0] + 1);
}

/** Whatever the engine throws, a trap included, is the picture's fault; its instance is never used again. */
function* guarded(open: () => Iterable<Uint8Array>): Generator<Uint8Array> {
  try {
    yield* open();
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    throw new HttpError(422, "decode_failed", "Cannot decode JPEG: the decoder failed", { cause });
  }
}
