import { byBytes } from "../platform/by-bytes.ts";
import { md5Hex } from "../platform/crypto.ts";
import type { SourceName } from "./options.ts";
import type { Parameters } from "./parameters.ts";

/** How a key is cut into folders (picfit.md 4). */
export interface Shard {
  /** Characters a folder. */
  readonly width: number;
  /** Folders. */
  readonly depth: number;
  /** True: the file name is the rest of the key; false: the whole key. */
  readonly restOnly: boolean;
}

/** Names that picfit leaves out of a key. */
const UNKEYED = new Set(["sig", "force"]);

/**
 * picfit's key of a derivative: MD5 of its parameters as JSON, names sorted, `op` an array where there are two or more.
 * It never changes, so that existing buckets and key stores stay valid.
 */
export const derivativeKey = (parameters: Parameters): Promise<string> => md5Hex(keyText(parameters));

/** The JSON text behind a key, as Go's encoder writes it. */
export function keyText(parameters: Parameters): string {
  const names = [...parameters.keys()].filter((name) => !UNKEYED.has(name)).sort(byBytes);
  const members = names.map((name) => `${goString(name)}:${goValue(name, parameters.get(name) ?? [])}`);
  return `{${members.join(",")}}`;
}

function goValue(name: string, values: readonly string[]): string {
  if (name !== "op" || values.length < 2) return goString(values[0] ?? "");
  return `[${values.map(goString).join(",")}]`;
}

/** Go's encoding/json escapes `<`, `>`, `&` and the two line separators beyond what JSON asks for. */
const goString = (text: string): string =>
  JSON.stringify(text.toWellFormed())
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");

/** Where the object of a key lies in the destination storage. */
export function objectName(key: string, shard: Shard, extension: string): string {
  const folders = Array.from({ length: shard.depth }, (_, index) =>
    key.slice(index * shard.width, (index + 1) * shard.width),
  );
  const file = shard.restOnly ? key.slice(shard.depth * shard.width) : key;
  return [...folders, `${file}.${extension}`].join("/");
}

/**
 * What the children of a source are filed under: its path, as in picfit but without the slash that may come first, or
 * its URL, which picfit leaves out.
 */
export const identityOf = (source: SourceName): string =>
  "url" in source ? source.url : source.path.replace(/^\//, "");

/** Name of the set of keys that were made from a source (picfit.md 4, "Children"). */
export const childrenKey = async (sourceIdentity: string): Promise<string> =>
  `${await md5Hex(sourceIdentity)}:children`;
