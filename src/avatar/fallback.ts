import type { DrawRequest } from "../drawing/style.ts";
import { findStyle } from "../drawing/styles.ts";
import { type AllowedUrl, allowedUrl } from "./allowed-url.ts";
import type { Drawing } from "./drawing.ts";

/** What stands in for an avatar that is not there. */
export type Fallback =
  | { readonly kind: "nothing" }
  | { readonly kind: "elsewhere"; readonly url: string }
  | { readonly kind: "drawing"; readonly drawing: Drawing };

/**
 * The first of `words` that can be shown: `404`, an address on the list of those that are allowed, or a style that can
 * draw what is asked for. Undefined where none can.
 */
export function firstFallback(
  words: readonly string[],
  request: DrawRequest,
  allowed: readonly AllowedUrl[],
): Fallback | undefined {
  for (const word of withStandIn(words)) {
    const fallback = fallbackOf(word, request, allowed);
    if (fallback) return fallback;
  }
  return undefined;
}

/** Initials that cannot be drawn, for want of a name or of a letter, are an identicon where nothing else is asked for. */
const withStandIn = (words: readonly string[]): readonly string[] =>
  words.some((word) => findStyle(word)?.name === "initials") ? [...words, "identicon"] : words;

function fallbackOf(word: string, request: DrawRequest, allowed: readonly AllowedUrl[]): Fallback | undefined {
  if (word === "404") return { kind: "nothing" };
  const url = allowedUrl(word, allowed);
  if (url !== undefined) return { kind: "elsewhere", url };
  const style = findStyle(word);
  const list = style?.draw(request);
  return style && list && { kind: "drawing", drawing: { style, request, list } };
}
