import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { withLocalBindings } from "../../tools/local-bindings.ts";
import { samplesAt } from "../../tools/samples.ts";
import { png } from "../cli/support/picture.ts";
import { linesFor } from "../support/claims.ts";
import { freePort } from "../support/free-port.ts";
import { type Copy, createCopy } from "./support/copy.ts";

let copy: Copy;

beforeAll(async () => {
  copy = await createCopy();
  await mkdir(join(copy.folder, "my-pictures/holidays"), { recursive: true });
  await writeFile(join(copy.folder, "my-pictures/holidays/a b.png"), png(1200, 900, [200, 40, 90]));
  await drawPhotos();
});
afterAll(() => copy.remove());

/** Drawing the large samples takes longer than all the rest. What is there is not drawn again: here they are small. */
async function drawPhotos(): Promise<void> {
  const photos = samplesAt(1 / 4).filter(({ name }) => PHOTOS.includes(name));
  const drawn = await Promise.all(photos.map(async ({ name, draw }) => [name, await draw()] as const));
  const place = { config: join(copy.folder, "wrangler.toml"), state: join(copy.folder, ".wrangler/state/v3") };
  await withLocalBindings<{ readonly SOURCE: R2Bucket }, void>(place, async ({ SOURCE }) => {
    for (const [name, bytes] of drawn) await SOURCE.put(name, bytes);
  });
}

const PHOTOS = ["landscape.jpg", "bokeh.webp"];

/** The port of the documents may be taken on this machine. */
function written(line: string, port: string): Record<string, string> {
  if (line.includes("--port")) return { "9000": port };
  const [start] = /npm start(?: --)?/.exec(line) ?? [""];
  return { [start]: `npm start -- --port ${port}` };
}

/** One of the URLs that are printed. */
const shows = (line: string): string =>
  line.includes("--source") ? "/display/resize/600x/holidays/a%20b.png" : "/display/thumbnail/600x400/landscape.jpg";

describe("a person who has only Node sees pictures after", () => {
  it.for(linesFor("start"))("%s", { timeout: 150_000 }, async (line, { onTestFinished }) => {
    const origin = `http://localhost:${await freePort()}`;
    const { printed, stop } = await copy.start(line, `${origin}/healthcheck`, {
      written: written(line, new URL(origin).port),
    });
    onTestFinished(stop);
    await vi.waitUntil(() => /or open one of these:\n\n( {2}\S+\n)+\n/.test(printed()), 30_000);
    const urls = printed().match(/(?<=^ {2})http:.*/gm) ?? [];
    expect(urls.slice(0, 2)).toEqual([`${origin}/`, expect.stringMatching(`^${origin}/avatars#token=.`)]);
    expect(urls).toContain(origin + shows(line));
    if (line.startsWith("npm ci")) expect(printed()).toContain("drawing badge.png\ndrawing orbit.gif\n");
    for (const url of urls) expect((await fetch(url)).status, url).toBe(200);
  });
});
