import { createJpegEngine, type JpegEngine } from "../../engine/jpeg.ts";
import { bandBytes, jpegLayout, jpegMemoryBytes, type Shrink } from "../../engine/jpeg-layout.ts";
import { type Raster, type Size, stillPicture } from "../../transform/image.ts";
import type { DecodeRequest, Decoder } from "../codec.ts";
import { type CountedJpeg, type JpegHeader, openAs, readJpegHeader } from "./header.ts";
import { readJpegProfile } from "./profile.ts";
import { planScaledDecode } from "./scaled.ts";
import { guarded, openScans, verifyEnd } from "./scans.ts";
import { verifySize } from "./size.ts";

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
  shrinkOf: (header, { atLeast }) => shrinkFor(header, atLeast),
  planScaled: planScaledDecode,
  decode: async (bytes, header: JpegHeader, request) => stillPicture(rasterOf(bytes, openAs(bytes, header), request)),
};

/** The largest shrink whose result, not rounded, is still at least as large as asked for. */
export function shrinkFor({ width, height }: Size, atLeast: Size | undefined): Shrink {
  if (atLeast === undefined) return 1;
  return SHRINKS.find((shrink) => width / shrink >= atLeast.width && height / shrink >= atLeast.height) ?? 1;
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

function* bandsOf(jpeg: CountedJpeg, engine: JpegEngine): Generator<Uint8Array> {
  try {
    openScans(jpeg, engine);
    yield* engine.bands();
    verifyEnd(jpeg, engine);
  } finally {
    engine.close();
  }
}
