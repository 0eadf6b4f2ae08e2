import type { Header } from "../codec/codec.ts";
import { DECODERS } from "../codec/codecs.ts";
import { sniffFormat, tellsFormat } from "../codec/sniff.ts";
import { HttpError } from "../error.ts";
import { decodingBytes } from "./decoding.ts";
import type { Wanted } from "./derivation.ts";
import { checkHeader, type Measured, type OpenContext, unsupported } from "./opened.ts";
import { originalBytes } from "./original.ts";
import { outlineOf } from "./outline.ts";
import { planRescaled, rescalingBytes } from "./rescaled.ts";

type ForecastContext = Omit<OpenContext, "budget">;

/**
 * Predicted peak of bytes that `derive` will hold, told from the beginning of a file; undefined where that is too short
 * to tell, or damaged. It is less than the peak for pictures whose colours must be converted.
 * @throws HttpError what `derive` would throw for the whole file as well
 */
export function forecast(
  head: Uint8Array,
  sizeBytes: number,
  wanted: Wanted,
  context: ForecastContext,
): number | undefined {
  const measured = measure(head, sizeBytes);
  if (!measured) return undefined;
  const bytes = eitherWayUp(measured, (turned) => peakBytes(turned, wanted, context));
  return head.length < sizeBytes ? bytes * unseen(measured.header) : bytes;
}

/** Scans of a JPEG that have not come yet take memory as well: up to a fifth of it in files of the corpus. */
const unseen = ({ format, progressive }: Header): number => (format === "jpg" && progressive ? 1.25 : 1);

/** Refuses what cannot be opened, or is beyond the limits, as `open` refuses the whole file. @throws HttpError */
export function checkHead(head: Uint8Array, context: ForecastContext): void {
  const measured = measure(head, head.length);
  if (measured) eitherWayUp(measured, ({ header }) => checkHeader(header, context));
}

/** A TIFF's directory may name parts that have not come yet: then it reads as if it had none. */
function measure(head: Uint8Array, sizeBytes: number): Measured | undefined {
  if (!tellsFormat(head)) return undefined;
  const format = sniffFormat(head);
  if (!format) throw unsupported();
  return format === "tiff" ? undefined : readHead(head, sizeBytes, DECODERS[format]);
}

function readHead(head: Uint8Array, sizeBytes: number, decoder: Measured["decoder"]): Measured | undefined {
  try {
    return { bytes: { length: sizeBytes }, decoder, header: decoder.readHeader(head) };
  } catch (cause) {
    if (cause instanceof HttpError) return undefined;
    throw cause;
  }
}

/** EXIF may stand behind the pixels there, and say that the picture is to be turned. */
const mayBeTurned = ({ format, orientation }: Header): boolean =>
  orientation === 1 && (format === "png" || format === "webp");

/** What is refused must be refused whichever way up the picture is. */
function eitherWayUp<T>(measured: Measured, tell: (measured: Measured) => T): T {
  try {
    return tell(measured);
  } catch (refusal) {
    if (!mayBeTurned(measured.header)) throw refusal;
    try {
      return tell({ ...measured, header: { ...measured.header, orientation: 6 } });
    } catch {
      throw refusal;
    }
  }
}

function peakBytes(measured: Measured, wanted: Wanted, context: ForecastContext): number {
  const { limits } = context;
  checkHeader(measured.header, context);
  const outline = outlineOf(measured.header, wanted, limits);
  const original = wanted.original ? originalBytes(measured, limits) : undefined;
  if (original !== undefined) return original;
  const rescaled = planRescaled(measured, outline, wanted, limits);
  if (rescaled) return rescalingBytes(measured, rescaled);
  const decoding = decodingBytes(measured, outline.plan, outline.request, limits);
  return measured.bytes.length + decoding + outline.encodingBytes;
}
