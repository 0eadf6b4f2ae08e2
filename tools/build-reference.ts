// npm run build:reference: the table of options in docs/url.md, and the pictures beside its examples.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import "./wasm-modules.ts";
import { withOptions } from "./reference/options.ts";
import { exampleUrls, pictureName, withPictures } from "./reference/rows.ts";
import { ROOT } from "./wrangler.ts";

// Their WASM modules load by the hook of the import above.
const { preview } = await import("./reference/preview.ts");
const { SAMPLES } = await import("./samples.ts");

const REFERENCE = join(ROOT, "docs/url.md");
const PICTURES = join(ROOT, "docs/images/url");

const drawn = new Map<string, Promise<Uint8Array>>();

/** Each sample is drawn once. */
function readSample(path: string): Promise<Uint8Array> {
  const sample = SAMPLES.find(({ name }) => name === path);
  if (!sample) throw new Error(`No sample is named ${path}`);
  const bytes = drawn.get(path) ?? sample.draw();
  drawn.set(path, bytes);
  return bytes;
}

const before = await readFile(REFERENCE, "utf8");
const tabled = withOptions(before);
await writeFile(REFERENCE, withPictures(tabled, pictureName));
await rm(PICTURES, { recursive: true, force: true });
await mkdir(PICTURES, { recursive: true });
const urls = [...new Set(exampleUrls(tabled))];
for (const url of urls) await writeFile(join(PICTURES, pictureName(url)), await preview(url, readSample));
console.log(`docs/url.md: ${urls.length} pictures`);
