import { joinBytes } from "./byte-sink.ts";
import type { Format } from "./codec.ts";
import { embedJpegProfile } from "./jpeg/profile.ts";
import { embedPngProfile } from "./png/profile.ts";
import { embedWebpProfile } from "./webp/profile.ts";

/** The parts of `file`, which holds no profile, with this one. */
type Embed = (file: Uint8Array, profile: Uint8Array) => readonly Uint8Array[];

const EMBEDS: Partial<Record<Format, Embed>> = {
  jpg: embedJpegProfile,
  png: embedPngProfile,
  webp: embedWebpProfile,
};

/** True where a file of this format can be given an ICC profile. */
export const canEmbedProfile = (format: Format): boolean => EMBEDS[format] !== undefined;

/** `file`, of this format and without a profile, with an RGB profile; absent where the format cannot hold one. */
export function embedProfile(file: Uint8Array, format: Format, profile: Uint8Array): Uint8Array | undefined {
  const parts = EMBEDS[format]?.(file, profile);
  return parts && joinBytes(parts);
}
