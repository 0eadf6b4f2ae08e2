import { isSrgb, keptProfile } from "../colour/srgb.ts";
import type { Runner } from "../platform/budget.ts";
import type { Opened } from "./opened.ts";

/** What the colours of a source are, and whether they may stay what they are. */
export interface StoredColours {
  /** False: they have to be converted to sRGB. */
  readonly asStored: boolean;
  /** What says what they mean, where they stay; absent for sRGB. */
  readonly profile: Uint8Array | undefined;
}

/** The largest profile, inflated and copied, and Little CMS beside it. */
export const PROFILE_BYTES = 24 * 1024 * 1024;

/** `keepProfile`: they may stay in an RGB profile. @throws HttpError 503 busy */
export const storedColours = (opened: Opened, keepProfile: boolean, budget: Runner): Promise<StoredColours> =>
  budget.run(PROFILE_BYTES, () => coloursOf(opened, keepProfile));

/** As `storedColours`, of a format whose profile is not packed: to see that there is none takes no memory. */
export async function plainColours(opened: Opened, keepProfile: boolean, budget: Runner): Promise<StoredColours> {
  const profile = await opened.decoder.readProfile(opened.bytes);
  return profile ? storedColours(opened, keepProfile, budget) : coloursOf(opened, keepProfile);
}

async function coloursOf({ bytes, decoder, header }: Opened, keepProfile: boolean): Promise<StoredColours> {
  const profile = await decoder.readProfile(bytes);
  const kept = keepProfile ? keptProfile(profile, header.colour) : undefined;
  return { profile: kept, asStored: kept !== undefined || isSrgb(profile, header.colour) };
}
