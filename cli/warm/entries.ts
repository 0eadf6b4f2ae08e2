import { gunzipSync } from "node:zlib";
import { askFor } from "../base.ts";
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
  if (!isSitemap(text)) return linesOf(text);
  const { pictures, sitemaps } = parseSitemap(text);
  const nested: string[] = [];
  for (const sitemap of sitemaps) nested.push(...(await readEntries(sitemap, io, depth + 1)));
  return [...pictures, ...nested];
}

async function textAt(place: string, io: Io): Promise<string> {
  if (place === "-") return io.stdin();
  const byHttp = /^https?:\/\//.test(place);
  const bytes = byHttp ? new Uint8Array(await (await askFor(place)).arrayBuffer()) : await contentsOf(place);
  return new TextDecoder().decode(isGzip(bytes) ? gunzipSync(bytes) : bytes);
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Empty lines and those that begin with # say nothing. */
const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
