import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Photo, PhotoFormat } from "./contender.ts";

/** The photos of one run, by what they are. */
export type Photos = { readonly [K in PhotoKind]: Photo };

export type PhotoKind = keyof typeof FILES;

/** Names in a folder of photos. */
export const FILES = {
  baseline: "baseline-5120x2880.jpg",
  small: "baseline-2560x1600.jpg",
  progressive: "progressive-5120x2880.jpg",
  png: "rgba-5120x2880.png",
  webp: "lossy-4096x4096.webp",
} as const;

/** Every photo of `folder`. @throws Error with the names of those that it lacks */
export async function loadPhotos(folder: string): Promise<Photos> {
  const missing = Object.values(FILES).filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) throw new Error(`Cannot read photos: ${folder} lacks ${missing.join(", ")}`);
  const kinds = Object.keys(FILES) as PhotoKind[];
  return Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await load(folder, kind)]))) as Photos;
}

/** A copy has a buffer of its own: some peers read all of the buffer, whatever part they are given. */
async function load(folder: string, kind: PhotoKind): Promise<Photo> {
  const name = FILES[kind];
  const bytes = Uint8Array.from(await readFile(join(folder, name)));
  return { name, format: name.slice(name.lastIndexOf(".") + 1) as PhotoFormat, bytes };
}
