import { ENCODERS, MIME_TYPES } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import { stripMetadata } from "../codec/strip.ts";
import type { Derived } from "./derived.ts";
import { type OpenContext, type Opened, verifyDecodable } from "./opened.ts";
import { storedColours } from "./stored-colours.ts";

/**
 * The file itself, without metadata, where it may be shown as it is: upright, in sRGB or with the profile that is kept,
 * and what is left of it can be decoded. Absent where pixels must change, or the file cannot be taken apart: then it is
 * decoded like any other.
 */
export async function originalFile(
  opened: Opened,
  keepProfile: boolean,
  context: OpenContext,
): Promise<Derived | undefined> {
  const { format, orientation } = opened.header;
  if (format === "tiff" || orientation !== 1) return undefined;
  const { profile, asStored } = await storedColours(opened, keepProfile, context.budget);
  const stripped = asStored ? stripMetadata(opened.bytes, format) : undefined;
  const bytes = stripped && profile ? embedProfile(stripped, format, profile) : stripped;
  if (!bytes) return undefined;
  await verifyDecodable(bytes, context);
  return { bytes, mime: MIME_TYPES[format], extension: ENCODERS[format].extension };
}
