import type { Call } from "./call.ts";
import type { AvatarRecord } from "./metadata/metadata-store.ts";

/** What a picture that never changes is addressed by. */
export interface Immutable {
  readonly id: string;
  readonly rev: string;
  readonly px: number;
  readonly extension: string;
}

/** Path of a picture that never changes: another upload has another. */
export const immutablePath = ({ id, rev, px, extension }: Immutable): string => `/a/${id}/${rev}/${px}.${extension}`;

/** Of the present picture of an avatar, in its own format. */
export const currentPath = (id: string, { rev, type }: AvatarRecord, px: number): string =>
  immutablePath({ id, rev, px, extension: type });

/** Below PUBLIC_BASE_URL where that is set; else the path itself. */
export const publicAddress = (path: string, { avatars }: Call): string =>
  `${avatars.config.publicBaseUrl ?? ""}${path}`;

/** Below PUBLIC_BASE_URL, else below the origin that was asked. */
export const fullAddress = (path: string, { avatars, url }: Call): string =>
  `${avatars.config.publicBaseUrl ?? url.origin}${path}`;
