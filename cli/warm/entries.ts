import { gunzipSync } from "node:zlib";
import { ask } from "../base.ts";
import { failure } from "../cli-error.ts";
import { contentsOf } from "../contents.ts";
import type { Io } from "../io.ts";
import { isSitemap, parseSitemap } from "./sitemap.ts";

/** A sitemap of sitemaps that name sitemaps has no end. */
const MOST_DEPTH = 3;

/** Lines of a list, or what a sitemap names: from a file, an address, or `-`. @throws CliError 1 */
export async function readEntries(place: string, io: Io, depth = 0): Promise<string[]> {
  if (depth > MOST_DEPTH) throw failure(`Cannot follow ${place}: sitemaps lead deeper than ${MOST_DEPTH}`);
  const text = await textAt(place, io);
  if (!isSitemap(text)) return listedIn(text, place);
  const { pictures, sitemaps } = parseSitemap(text);
  const nested: string[] = [];
  for (const sitemap of sitemaps) nested.push(...(await followed(sitemap, io, depth + 1)));
  return [...pictures, ...nested];
}

/** Sitemaps come from others, who may name addresses but no files of this machine. */
function followed(sitemap: string, io: Io, depth: number): Promise<string[]> {
  if (isAddress(sitemap)) return readEntries(sitemap, io, depth);
  throw failure(`Cannot follow ${sitemap}: expected an address`);
}

const isAddress = (place: string): boolean => /^https?:\/\//.test(place);

async function textAt(place: string, io: Io): Promise<string> {
  if (place === "-") return io.stdin();
  const bytes = isAddress(place) ? await fetched(place) : await contentsOf(place);
  return new TextDecoder().decode(isGzip(bytes) ? unpacked(bytes, place) : bytes);
}

async function fetched(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(address);
  if (!response.ok) throw failure(`Cannot read ${address}: the answer is ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function unpacked(bytes: Uint8Array, place: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw failure(`Cannot read ${place}: its gzip is damaged`, { cause });
  }
}

/** A page that stands where a list was expected would have its lines asked for. */
function listedIn(text: string, place: string): string[] {
  if (!text.trimStart().startsWith("<")) return linesOf(text);
  throw failure(`Cannot read ${place}: expected a sitemap, or a list with one path or address a line`);
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Empty lines and those that begin with # say nothing. */
const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
