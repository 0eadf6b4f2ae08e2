import { byBytes } from "../platform/by-bytes.ts";
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
