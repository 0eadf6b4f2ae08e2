import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { landscape } from "../tools/samples/landscape.ts";
import { FILES, type PhotoKind } from "./photos.ts";

/** Writes photos into `folder`, for who has none. Takes a while. */
export async function drawPhotos(folder: string): Promise<void> {
  console.error("drawing photos");
  const { data, width, height } = landscape(5120, 2880);
  const drawn = () => sharp(data, { raw: { width, height, channels: 4 } });
  const jpeg = { quality: 85, chromaSubsampling: "4:2:0" };
  const pictures: Record<PhotoKind, ReturnType<typeof sharp>> = {
    baseline: drawn().jpeg(jpeg),
    small: drawn().resize({ width: 2560, height: 1600, fit: "fill" }).jpeg(jpeg),
    progressive: drawn().jpeg({ ...jpeg, progressive: true }),
    png: drawn().png(),
    webp: drawn().resize({ width: 4096, height: 4096, fit: "fill" }).webp({ quality: 85 }),
  };
  for (const kind of Object.keys(pictures) as PhotoKind[])
    await writeFile(join(folder, FILES[kind]), await pictures[kind].toBuffer());
}
