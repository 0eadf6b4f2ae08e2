import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { describePage, PATIENCE, PHONE, usePages, web } from "../support/browser.ts";
import { choose, createDesk, shownCrop, upload } from "../support/desk.ts";
import { BMP, gradient } from "../support/drawn.ts";

/** HTML, script and style, as they come over the network. */
const MOST_BYTES = 25_000;

describePage("the page of avatars", () => {
  const newPage = usePages();

  it("is worked by keys alone", async () => {
    const { page, open, revisions } = await createDesk(newPage);
    const picture = { name: "a.png", mimeType: "image/png", buffer: await gradient(page) };
    // Before the page is opened: a browser takes its time until it hands choosers over.
    page.on("filechooser", (chooser) => chooser.setFiles(picture));
    await open();
    await tabTo(page, "input[type=file]");
    await page.keyboard.press("Space");
    await page.locator(".stage:focus").waitFor();
    for (const key of ["+", "+", "+", "ArrowLeft", "ArrowDown"]) await page.keyboard.press(key);
    const shown = await shownCrop(page);
    const said = page.locator(".crop-facts [role=status]");
    await expect.poll(() => said.textContent(), PATIENCE).toContain(`${shown.w} × ${shown.w} of 240 × 160`);
    await tabTo(page, ".change button.primary");
    await page.keyboard.press("Enter");
    await page.locator(".notice:focus").waitFor();
    expect((await revisions())[0].crop).toEqual(shown);
    await tabTo(page, "button:has-text('Delete…')");
    await page.keyboard.press("Enter");
    await tabTo(page, "dialog .danger");
    await page.keyboard.press("Enter");
    await page.getByText("The avatar is deleted.").waitFor();
  });

  it.for([390, 320])("has all of it at %i pixels", async (width) => {
    const { page, open, put } = await createDesk(newPage, { ...PHONE, viewport: { width, height: 844 } });
    await put(await gradient(page));
    await put(await gradient(page, { width: 90, height: 90 }));
    await open();
    await choose(page, await gradient(page));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await beyond(page, width)).toEqual([]);
  });

  it("has nothing that axe objects to, in light and in dark", async () => {
    // Colours that fade over are between two that were chosen.
    const { page, open, put } = await createDesk(newPage, { reducedMotion: "reduce" });
    await page.goto(`${web.origin}/avatars`);
    await expect.poll(() => page.locator(".tile").count(), PATIENCE).toBe(10);
    expect(await violations(page), "no token").toEqual([]);
    await page.getByLabel("Token").fill("junk");
    await page.getByRole("button", { name: "Use this token" }).click();
    expect(await violations(page), "a wrong token").toEqual([]);
    await put(await gradient(page));
    await open();
    expect(await violations(page), "a picture").toEqual([]);
    await choose(page, BMP, "image/bmp");
    await page.getByRole("button", { name: "Upload" }).click();
    await page.getByRole("alert").waitFor();
    expect(await violations(page), "a picture in work, and an error").toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await choose(page, await gradient(page, { width: 90, height: 90 }));
    await upload(page);
    expect(await violations(page), "uploaded").toEqual([]);
    await page.getByRole("button", { name: "Delete…" }).click();
    expect(await violations(page), "a question").toEqual([]);
  });

  it("is light, asks nobody else, and runs without errors", async () => {
    const { page, open, put } = await createDesk(newPage);
    await put(await gradient(page));
    const faults: string[] = [];
    const origins = new Set<string>();
    const files: Promise<Buffer>[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("response", (response) => {
      const { origin, pathname } = new URL(response.url());
      origins.add(origin);
      if (/^\/(?:avatars|assets\/.*)$/.test(pathname)) files.push(response.body());
    });
    await open();
    await page.locator(".tile").first().waitFor();
    expect([[...origins], faults]).toEqual([[web.origin], []]);
    const bytes = (await Promise.all(files)).map((body) => gzipSync(body, { level: 9 }).length);
    expect(bytes.length).toBeGreaterThanOrEqual(3);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
  });

  it.for(["without a token", "with one"])("does not move while it comes, %s", async (how) => {
    for (const screen of [PHONE, {}]) {
      const { page, open, put } = await createDesk(newPage, screen);
      if (how === "with one") await put(await gradient(page));
      await page.addInitScript(watchShifts);
      await (how === "with one" ? open() : page.goto(`${web.origin}/avatars`));
      await page.locator(".snippet").last().waitFor();
      expect(await page.evaluate(() => (globalThis as unknown as { moved: number }).moved)).toBe(0);
    }
  });
});

/** Sums up by how much things move of themselves: https://web.dev/articles/cls. Runs in the page. */
function watchShifts(): void {
  const watched = Object.assign(globalThis, { moved: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.moved += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Presses Tab until that has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector).first();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Cannot reach ${selector} by Tab`);
}

/** What reaches beyond the right edge of the screen. */
const beyond = (page: Page, width: number): Promise<string[]> =>
  page
    .locator("main *")
    .evaluateAll(
      (elements, most) =>
        elements
          .filter((element) => element.getBoundingClientRect().right > most + 0.5)
          .map((element) => element.outerHTML.slice(0, 80)),
      width,
    );

async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeViolations(page)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}
