import { normaliseEmail } from "../src/avatar/normal-email.ts";
import { encode } from "../src/image/canonical-query.ts";
import { hex, utf8 } from "./bytes.ts";

/** What an avatar is shown as; docs/avatars.md describes each. */
export interface AvatarOptions {
  /** Pixels, 1–2048. */
  readonly size?: number | undefined;
  /** What is shown where there is no avatar, the first that applies. */
  readonly default?: string | readonly string[] | undefined;
  /** Show that even where there is an avatar. */
  readonly forceDefault?: boolean | undefined;
  readonly rating?: "g" | "pg" | "r" | "x" | undefined;
  readonly name?: string | undefined;
  readonly initials?: string | undefined;
  readonly length?: 1 | 2 | 3 | undefined;
  readonly uppercase?: boolean | undefined;
  readonly bg?: string | undefined;
  readonly fg?: string | undefined;
  /** Per cent of the side; 50 is a circle. */
  readonly radius?: number | undefined;
  readonly format?: "png" | "jpg" | "webp" | "avif" | "gif" | "svg" | undefined;
  readonly quality?: number | undefined;
}

const SHORT: Readonly<Record<string, string>> = {
  size: "s",
  default: "d",
  forceDefault: "f",
  rating: "r",
  quality: "q",
};

const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** The id of an e-mail address: the SHA-256 that Gravatar and Libravatar take too. An id stays what it is. */
export async function avatarId(emailOrId: string): Promise<string> {
  if (ID.test(emailOrId)) return emailOrId.toLowerCase();
  return hex(await crypto.subtle.digest("SHA-256", utf8(normaliseEmail(emailOrId))));
}

/** The address of an avatar, whose owner is named by an e-mail address or an id. */
export async function avatarUrl(base: string, emailOrId: string, options: AvatarOptions = {}): Promise<string> {
  const query = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${SHORT[name] ?? name}=${encode(String(value))}`)
    .join("&");
  return `${base.replace(/\/+$/, "")}/avatar/${await avatarId(emailOrId)}${query && "?"}${query}`;
}
