// npm run screenshots: the pictures of the pages in docs/images, by Chromium and by the service itself.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { CHROMIUM, FLAGS } from "./chromium.ts";
import { startPagesWorker } from "./pages-worker.ts";
import { SAMPLES } from "./samples.ts";
import { avatarsShot } from "./screenshots/avatars.ts";
import type { Shot } from "./screenshots/shot.ts";
import { ROOT } from "./wrangler.ts";

const PLAYGROUND: Shot = {
  name: "playground",
  path: "/#path=landscape.jpg&op=op:resize+w:800&fmt=webp&q=80",
  ready: (page) =>
    Promise.all([page.getByText("Canonical form").waitFor(), page.getByRole("img", { name: "Result" }).waitFor()]),
};

/** The phone is as long as it takes to see the picture and what is done to it. */
const SCREENS = [
  { viewport: { width: 390, height: 1500 }, hasTouch: true, isMobile: true },
  { viewport: { width: 1440, height: 900 } },
];

const MOST_BYTES = 250_000;

/** Of the second visit: what is seen then is stored, as for most who come. */
async function take(
  browser: Browser,
  address: string,
  ready: Shot["ready"],
  look: BrowserContextOptions,
): Promise<Uint8Array> {
  const page = await browser.newPage(look);
  await page.goto(address);
  await ready(page);
  await page.goto("about:blank");
  await page.goto(address, { waitUntil: "networkidle" });
  await ready(page);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

/** With 256 colours: as a GIF, whose encoder chooses them, and back. */
async function squeezed(origin: string, png: Uint8Array): Promise<Uint8Array> {
  const gif = await converted(origin, png, "png", "gif");
  return converted(origin, gif, "gif", "png");
}

async function converted(origin: string, file: Uint8Array, from: string, to: string): Promise<Uint8Array> {
  const name = `${randomUUID()}.${from}`;
  const body = new FormData();
  body.append("data", new Blob([Uint8Array.from(file)]), name);
  await fetch(`${origin}/upload`, { method: "POST", body });
  const response = await fetch(`${origin}/display/noop/x/${name}?fmt=${to}&effort=max`);
  if (!response.ok) throw new Error(`Cannot squeeze a picture: ${await response.text()}`);
  return response.bytes();
}

async function save(name: string, png: Uint8Array): Promise<void> {
  if (png.length > MOST_BYTES) throw new Error(`${name} has ${png.length} bytes: expected at most ${MOST_BYTES}`);
  await writeFile(join(ROOT, "docs/images", name), png);
  console.log(`docs/images/${name}: ${png.length} bytes`);
}

if (!CHROMIUM) throw new Error("Cannot take pictures: no Chromium is installed");
const secret = randomUUID();
const worker = await startPagesWorker(SAMPLES, { SECRET_KEY: secret, UPLOAD_SECRET: secret, JWT_SECRET: secret });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
for (const { name, path, ready } of [PLAYGROUND, await avatarsShot(worker.origin, secret)])
  for (const screen of SCREENS)
    for (const colorScheme of ["light", "dark"] as const) {
      const picture = await take(browser, `${worker.origin}${path}`, ready, { ...screen, colorScheme });
      const ending = colorScheme === "dark" ? "-dark" : "";
      await save(`${name}-${screen.viewport.width}${ending}.png`, await squeezed(worker.origin, picture));
    }
await browser.close();
await worker.close();
