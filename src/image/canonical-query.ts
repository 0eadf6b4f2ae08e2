import type { Parameters } from "./parameters.ts";

/**
 * The text that picfit signs (picfit.md 3): every parameter but `sig`, sorted by name in byte order, of a repeated name
 * the first value, of `op` all values.
 */
export function canonicalQuery(parameters: Parameters): string {
  return [...parameters.keys()]
    .filter((name) => name !== "sig")
    .sort(byBytes)
    .flatMap((name) => signedValues(parameters, name).map((value) => `${encode(name)}=${encode(value)}`))
    .join("&");
}

function signedValues(parameters: Parameters, name: string): readonly string[] {
  const values = parameters.get(name) ?? [];
  return name === "op" ? values : values.slice(0, 1);
}

/** Go's query escaping: letters, digits and `-_.~` stay, a space is `+`, all else is `%XX`. */
export const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");

const encoder = new TextEncoder();

/** Order of UTF-8 bytes, which differs from JavaScript's order of UTF-16 units beyond U+FFFF. */
export function byBytes(a: string, b: string): number {
  const x = encoder.encode(a);
  const y = encoder.encode(b);
  const length = Math.min(x.length, y.length);
  for (let at = 0; at < length; at++) if (x[at] !== y[at]) return x[at] - y[at];
  return x.length - y.length;
}
