import { ENCODERS, MIME_TYPES } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import { stripMetadata } from "../codec/strip.ts";
import { isSrgb, keptProfile } from "../colour/srgb.ts";
import type { Derived } from "./made.ts";
import { type OpenContext, type Opened, verifyDecodable } from "./opened.ts";

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
  const { profile, asStored } = await context.budget.run(PROFILE_BYTES, () => coloursOf(opened, keepProfile));
  const stripped = asStored ? stripMetadata(opened.bytes, format) : undefined;
  const bytes = stripped && profile ? embedProfile(stripped, format, profile) : stripped;
  if (!bytes) return undefined;
  await verifyDecodable(bytes, context);
  return { bytes, mime: MIME_TYPES[format], extension: ENCODERS[format].extension };
}

/** The largest profile, inflated and copied, and Little CMS beside it. */
const PROFILE_BYTES = 24 * 1024 * 1024;

/** Whether pixels may stay as they are, and the profile that then says what they mean; absent for sRGB. */
async function coloursOf({ bytes, decoder, header }: Opened, keepProfile: boolean) {
  const profile = await decoder.readProfile(bytes);
  const kept = keepProfile ? keptProfile(profile, header.colour) : undefined;
  return { profile: kept, asStored: kept !== undefined || isSrgb(profile, header.colour) };
}
