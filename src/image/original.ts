import { ENCODERS, MIME_TYPES } from "../codec/codecs.ts";
import { stripMetadata } from "../codec/strip.ts";
import { isSrgb } from "../colour/srgb.ts";
import type { Derived } from "./made.ts";
import { type OpenContext, type Opened, verifyDecodable } from "./opened.ts";

/**
 * The file itself, without metadata, where it may be shown as it is: upright, in sRGB, and what is left of it can be
 * decoded. Absent where pixels must change, or the file cannot be taken apart: then it is decoded like any other.
 */
export async function originalFile(
  { bytes, decoder, header }: Opened,
  context: OpenContext,
): Promise<Derived | undefined> {
  const { format, orientation, colour } = header;
  if (format === "tiff" || orientation !== 1) return undefined;
  if (!isSrgb(await decoder.readProfile(bytes), colour)) return undefined;
  const stripped = stripMetadata(bytes, format);
  if (!stripped) return undefined;
  await verifyDecodable(stripped, context);
  return { bytes: stripped, mime: MIME_TYPES[format], extension: ENCODERS[format].extension };
}
