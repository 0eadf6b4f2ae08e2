import { createJpegWriter, type JpegWriter, jpegWriterBytes, MCU_ROWS } from "../../engine/jpeg-encode.ts";
import { HttpError } from "../../error.ts";
import { firstFrame, type Raster, type Size } from "../../transform/image.ts";
import { createByteSink, joinBytes } from "../byte-sink.ts";
import type { Effort, Encoder } from "../codec.ts";
import { encodeByMozjpeg, fitsMozjpeg, LEAST_TRELLIS_QUALITY, mozjpegBytes } from "./mozjpeg.ts";
import { jpegSteps } from "./steps.ts";
import { JPEG_END, jpegFileHeader } from "./write.ts";

/** Two bytes say how many columns or rows there are (T.81 §B.2.2). */
const MAX_JPEG_SIDE = 65_535;
/** More than noise takes at quality 100, twice while its pieces are joined. */
export const OUTPUT_BYTES_A_PIXEL = 2 * 2;

/**
 * Baseline JPEG (T.81), chroma halved both ways, Huffman tables made for each picture; with all effort a progressive one
 * by mozjpeg, as long as the picture is not too large for that. Alpha is left out.
 */
export const jpegEncoder: Encoder = {
  format: "jpg",
  mime: "image/jpeg",
  extension: "jpg",
  alpha: false,
  animated: false,
  workingSetBytes: (size, effort) =>
    (takesMozjpeg(size, effort) ? mozjpegBytes(size) : jpegWriterBytes(size.width, size.height)) +
    size.width * size.height * OUTPUT_BYTES_A_PIXEL,
  async encode(picture, { quality, effort }) {
    requireSide(picture);
    const write = takesMozjpeg(picture, effort) && quality >= LEAST_TRELLIS_QUALITY ? encodeByMozjpeg : encodeJpeg;
    return write(await firstFrame(picture), quality);
  },
};

const takesMozjpeg = (size: Size, effort: Effort | undefined): boolean => effort === "max" && fitsMozjpeg(size);

async function encodeJpeg(raster: Raster, quality: number): Promise<Uint8Array> {
  const steps = jpegSteps(quality);
  const writer = createJpegWriter({
    ...{ width: raster.width, ...steps },
    header: (tables) => jpegFileHeader(raster, steps, "4:2:0", tables),
  });
  const file = createByteSink();
  for await (const piece of encodeRows(raster, writer)) file.append(piece);
  file.append(JPEG_END);
  return joinBytes(file.pieces());
}

/** @throws HttpError 422 output_too_large */
export function requireSide({ width, height }: Size): void {
  if (Math.max(width, height) <= MAX_JPEG_SIDE) return;
  throw new HttpError(422, "output_too_large", `Cannot write a JPEG of ${width} × ${height}: a side is at most 65535`);
}

/** Copies the raster into the writer, a row of MCUs at a time, however its bands are cut. */
async function* encodeRows(raster: Raster, writer: JpegWriter): AsyncGenerator<Uint8Array> {
  const rowBytes = raster.width * 4;
  let left = raster.height;
  let waiting = 0;
  for await (const band of raster.bands()) {
    for (let at = 0; at < band.length && left > 0; ) {
      const rows = Math.min(MCU_ROWS, left);
      const part = band.subarray(at, at + rows * rowBytes - waiting);
      writer.put(part, waiting);
      at += part.length;
      waiting += part.length;
      if (waiting < rows * rowBytes) continue;
      left -= rows;
      waiting = 0;
      yield* writer.encode(rows, left === 0);
    }
  }
  if (left > 0) throw new Error(`Raster gave ${raster.height - left} of ${raster.height} rows`);
}
