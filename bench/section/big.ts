import sharp from "sharp";
import type { Photo, PhotoFormat } from "../contender.ts";
import type { Photos } from "../photos.ts";
import { note, type Section } from "../section.ts";
import { megabytes, number, table } from "../table.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { type Answer, ask, freshUrl, type Growth, watchingMemory } from "../worker-client.ts";
import { type DevWorker, fillBucket, SERVICE, startWorker } from "../wrangler-dev.ts";

/** 99.9 megapixels, just below what the decoders accept whatever the configuration says. */
const SIZE = { width: 12_240, height: 8_160 };
const WIDTH = 800;
const AT_ONCE = 4;

const VARS = {
  MAX_SOURCE_PIXELS: "110000000",
  MAX_SOURCE_BYTES: "104857600",
  MAX_WAIT_MS: "30000",
  ENABLE_STATS: "true",
};

export const big: Section = {
  name: "big",
  title: "100 megapixels, in workerd",
  async run({ photos }) {
    return withTemporaryFolder(async (folder) => {
      const drawn = await drawBig(photos);
      const service = { config: SERVICE, folder, vars: VARS };
      await fillBucket(service, [photos.small, ...drawn]);
      const rows: string[][] = [];
      for (const photo of drawn)
        for (const count of [1, AT_ONCE])
          rows.push(await rowOf(photo, count, photos.small, await startWorker(service)));
      return `${INTRODUCTION}\n\n${table(HEAD, rows)}`;
    });
  },
};

const HEAD = ["", "file", "at once", "status", "ms", "peak of WASM", "peak of memory", "growth over idle"];

const INTRODUCTION = `${SIZE.width} × ${SIZE.height} pixels to ${WIDTH} px, each row on a fresh \`wrangler dev\` with
${Object.entries(VARS)
  .map(([name, value]) => `\`${name}=${value}\``)
  .join(", ")}. One request warms up with a small picture. The JPEGs are the photo mirrored until
it fills the size, the PNG is the small photo with every pixel repeated. Of several at once, each asks for another width, so that none shares the
work of another; ms is that of the last to be answered. Memory as above: workerd simulates R2 too, so the file itself is
held more than once. WASM is counted by the Worker itself (\`/sys/stats\`): the most WebAssembly memory that was in use at
once, of all instances together.`;

async function rowOf(photo: Photo, count: number, warmUp: Photo, worker: DevWorker): Promise<string[]> {
  note(`${photo.name}, ${count} at once`);
  try {
    await ask(freshUrl(worker, warmUp.name, 64, "jpg"));
    const urls = Array.from({ length: count }, (_, index) => freshUrl(worker, photo.name, WIDTH + index, photo.format));
    const [answers, growth] = await watchingMemory(worker, () => Promise.all(urls.map(ask)));
    return [
      photo.name,
      megabytes(photo.bytes.length),
      String(count),
      statusOf(answers),
      slowest(answers),
      megabytes(await peakWasmBytes(worker)),
      ...memoryOf(growth),
    ];
  } finally {
    await worker.stop();
  }
}

async function peakWasmBytes({ origin }: DevWorker): Promise<number> {
  const response = await fetch(`${origin}/sys/stats`);
  return ((await response.json()) as { peak_wasm_bytes: number }).peak_wasm_bytes;
}

const statusOf = (answers: readonly Answer[]): string =>
  [...new Set(answers.map(({ status, origin }) => (status === 200 ? "200" : `${status} ${origin}`)))].join(", ");

const slowest = (answers: readonly Answer[]): string => number(Math.max(...answers.map(({ ms }) => ms)));

const memoryOf = (growth: Growth | undefined): string[] =>
  growth ? [megabytes(growth.peakBytes), megabytes(growth.peakBytes - growth.idleBytes)] : ["-", "-"];

async function drawBig({ baseline, small }: Photos): Promise<Photo[]> {
  note("drawing 100 megapixels");
  const { width = 1, height = 1 } = await sharp(baseline.bytes).metadata();
  const beyond = { right: SIZE.width - width, bottom: SIZE.height - height };
  const mirrored = await sharp(baseline.bytes)
    .extend({ ...beyond, extendWith: "mirror" })
    .raw()
    .toBuffer();
  const jpeg = (progressive: boolean) =>
    sharp(mirrored, { raw: { ...SIZE, channels: 3 } })
      .jpeg({ quality: 75, progressive })
      .toBuffer();
  return [
    photoOf("baseline", "jpg", await jpeg(false)),
    photoOf("progressive", "jpg", await jpeg(true)),
    photoOf(
      "rgb",
      "png",
      await sharp(small.bytes)
        .resize({ ...SIZE, fit: "fill", kernel: "nearest" })
        .png({ adaptiveFiltering: true })
        .toBuffer(),
    ),
  ];
}

const photoOf = (kind: string, format: PhotoFormat, bytes: Uint8Array): Photo => ({
  name: `${kind}-${SIZE.width}x${SIZE.height}.${format}`,
  format,
  bytes,
});
