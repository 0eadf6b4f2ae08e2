import { ENCODERS, MIME_TYPES } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import { canStrip, stripMetadata } from "../codec/strip.ts";
import type { Limits } from "../env.ts";
import type { Plan } from "../transform/plan.ts";
import { type Derivation, roadOf } from "./derivation.ts";
import { type Measured, type OpenContext, type Opened, planVerification, verifyingBytes } from "./opened.ts";
import { PROFILE_BYTES, storedColours } from "./stored-colours.ts";

/**
 * The file itself, without metadata, where it may be shown as it is: upright, in sRGB or with the profile that is kept,
 * and what is left of it can be decoded. Absent where pixels must change, or the file cannot be taken apart: then it is
 * decoded like any other.
 */
export async function planFile(
  opened: Opened,
  { sizes }: Plan,
  keepProfile: boolean,
  context: OpenContext,
): Promise<Derivation | undefined> {
  const { header } = opened;
  const { format, orientation, frameCount } = header;
  if (format === "tiff" || orientation !== 1) return undefined;
  const { profile, asStored } = await storedColours(opened, keepProfile, context.budget);
  const stripped = asStored ? stripMetadata(opened.bytes, format) : undefined;
  const bytes = stripped && profile ? embedProfile(stripped, format, profile) : stripped;
  if (!bytes) return undefined;
  const { memoryBytes, run: verify } = planVerification(bytes, context);
  return {
    ...{ way: "file", header, shrink: "1/1", steps: [], sizes, memoryBytes, format, frameCount },
    road: roadOf(header, ["file"], [], format),
    async run() {
      await verify();
      return { bytes, mime: MIME_TYPES[format], extension: ENCODERS[format].extension };
    },
  };
}

/**
 * Predicted peak of bytes where the file itself will most likely do; absent where its pixels must be looked at.
 * @throws HttpError 422 image_too_large
 */
export const originalBytes = (measured: Measured, limits: Limits): number | undefined =>
  canStrip(measured.header.format) && measured.header.orientation === 1
    ? Math.max(PROFILE_BYTES, verifyingBytes(measured, limits))
    : undefined;
