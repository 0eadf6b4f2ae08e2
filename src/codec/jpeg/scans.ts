import { blocksOf, isMerged, type JpegPlane } from "../../engine/jpeg-layout.ts";
import type { JpegReader } from "../../engine/jpeg-reader.ts";
import type { JpegScan } from "../../engine/jpeg-scans.ts";
import { HttpError } from "../../error.ts";
import type { CountedJpeg } from "./header.ts";

/** Arithmetic decoding goes on without data, so a small file could ask for any number of coefficients again and again. */
const MAX_ARITHMETIC_VISITS = 400_000_000;

/** What of a reader concerns scans. */
type ScanReader = Pick<JpegReader<object>, "planes" | "openScans" | "cutAt">;

/** Opens the scans that make the picture. @throws HttpError 422 too_many_scans, decode_failed */
export function openScans(jpeg: CountedJpeg, reader: ScanReader): void {
  reader.openScans(isMerged(jpeg.header.frame) ? scansOf(jpeg, reader) : [jpeg.firstScan]);
}

/** Never more than were counted: so many were allowed (security.md L9), and have their memory. */
function scansOf({ header, firstScan, nextScan }: CountedJpeg, { planes }: ScanReader): JpegScan[] {
  const { frame, scanEnds } = header;
  const scans: JpegScan[] = [];
  let visits = 0;
  let scan: JpegScan | undefined = firstScan;
  for (const end of scanEnds) {
    if (!scan) break;
    scans.push(scan);
    visits += frame.arithmetic ? coefficientsOf(scan, planes) : 0;
    if (visits > MAX_ARITHMETIC_VISITS)
      throw new HttpError(422, "too_many_scans", "Cannot read JPEG: it has too many scans for its size");
    scan = nextScan(end);
  }
  return scans;
}

function coefficientsOf({ members, band }: JpegScan, planes: readonly JpegPlane[]): number {
  const blocks = members.reduce((sum, { component }) => sum + blocksOf(planes[component]), 0);
  return blocks * (band[1] - band[0] + 1);
}

/** After the last row: a frame header where data should be says that this is some other picture (security.md L17). */
export function verifyEnd(jpeg: CountedJpeg, { cutAt }: ScanReader): void {
  const cut = cutAt();
  if (cut !== undefined) jpeg.nextScan(cut);
}

/** Whatever the engine throws, a trap included, is the picture's fault; its instance is never used again. */
export function* guarded(open: () => Iterable<Uint8Array>): Generator<Uint8Array> {
  try {
    yield* open();
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    throw new HttpError(422, "decode_failed", "Cannot decode JPEG: the decoder failed", { cause });
  }
}
