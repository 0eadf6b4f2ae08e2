import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { landscape } from "../tools/samples/landscape.ts";
import type { Photo, PhotoFormat } from "./contender.ts";

/** The photos of one run, by what they are. */
export type Photos = { readonly [K in keyof typeof FILES]: Photo };

/** Names in a folder of photos. */
const FILES = {
  baseline: "baseline-5120x2880.jpg",
  small: "baseline-2560x1600.jpg",
  progressive: "progressive-5120x2880.jpg",
  png: "rgba-5120x2880.png",
  webp: "lossy-4096x4096.webp",
} as const;

type Kind = keyof typeof FILES;

/** Every photo of `folder`; without one they are drawn, which takes a while. */
export async function loadPhotos(folder: string | undefined): Promise<Photos> {
  const missing = folder && Object.values(FILES).filter((file) => !existsSync(join(folder, file)));
  if (missing && missing.length > 0) throw new Error(`Cannot read photos: ${folder} lacks ${missing.join(", ")}`);
  const read = folder ? (kind: Kind) => readFile(join(folder, FILES[kind])) : await drawing();
  const kinds = Object.keys(FILES) as Kind[];
  return Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, photoOf(kind, await read(kind))])),
  ) as Photos;
}

/** A copy has a buffer of its own: some peers read all of the buffer, whatever part they are given. */
function photoOf(kind: Kind, bytes: Uint8Array): Photo {
  const name = FILES[kind];
  return { name, format: name.slice(name.lastIndexOf(".") + 1) as PhotoFormat, bytes: Uint8Array.from(bytes) };
}

async function drawing(): Promise<(kind: Kind) => Promise<Uint8Array>> {
  console.error("drawing photos");
  const { data, width, height } = landscape(5120, 2880);
  const drawn = () => sharp(data, { raw: { width, height, channels: 4 } });
  const jpeg = { quality: 85, chromaSubsampling: "4:2:0" };
  const draw: Record<Kind, () => Promise<Uint8Array>> = {
    baseline: () => drawn().jpeg(jpeg).toBuffer(),
    small: () => drawn().resize({ width: 2560, height: 1600, fit: "fill" }).jpeg(jpeg).toBuffer(),
    progressive: () =>
      drawn()
        .jpeg({ ...jpeg, progressive: true })
        .toBuffer(),
    png: () => drawn().png().toBuffer(),
    webp: () => drawn().resize({ width: 4096, height: 4096, fit: "fill" }).webp({ quality: 85 }).toBuffer(),
  };
  return (kind) => draw[kind]();
}
