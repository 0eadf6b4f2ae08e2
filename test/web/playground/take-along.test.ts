import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { expectResult, openPlayground, shownUrl, snippet } from "../support/playground.ts";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

/** Width and type of every picture that a browser may take from a piece of a page. */
const offered = (page: Page, html: string): Promise<string[]> =>
  page.evaluate(async (text) => {
    const body = new DOMParser().parseFromString(text, "text/html").body;
    const sets = [...body.querySelectorAll("[srcset]")].map((element) => element.getAttribute("srcset") ?? "");
    const candidates = sets.flatMap((set) => set.trim().split(/,\s+/));
    const looks = candidates.map(async (candidate) => {
      const [url, width] = candidate.split(" ");
      const blob = await (await fetch(url)).blob();
      const bitmap = await createImageBitmap(blob);
      return `${blob.type} ${bitmap.width === Number.parseInt(width, 10) ? width : `not ${width}`}`;
    });
    return Promise.all(looks);
  }, html);

describePage("what is taken along", () => {
  const newPage = usePages();

  it("is copied by a button that says so", async () => {
    const page = await newPage(CLIPBOARD);
    await openPlayground(page, "#path=orbit.gif&op=op:resize+w:40");
    for (const [name, text] of [
      ["Query form", `${web.origin}/display?path=orbit.gif&op=resize&w=40`],
      ["Path form", `${web.origin}/display/resize/40x/orbit.gif`],
      ["curl", `curl -o orbit.gif '${web.origin}/display/resize/40x/orbit.gif'`],
      ["Image", await snippet(page, "Image", "40w")],
    ] as const) {
      await page.getByRole("button", { name: `Copy ${name}`, exact: true }).click();
      await page.getByRole("button", { name: `Copied ${name}`, exact: true }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    }
    await page.getByRole("button", { name: "Copy Image", exact: true }).waitFor(); // it can be copied again
  });

  it("has pictures of every width and format that it offers", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:thumbnail+w:120+h:60&op=op:crop+x:10+w:80+h:50");
    expect(await offered(page, await snippet(page, "Image", "80w"))).toEqual([
      "image/jpeg 40w",
      "image/jpeg 80w",
      "image/jpeg 160w",
    ]);
    const types = ["image/avif", "image/webp", "image/jpeg"];
    expect(await offered(page, await snippet(page, "Picture", "80w"))).toEqual(
      types.flatMap((type) => ["40w", "80w", "160w"].map((width) => `${type} ${width}`)),
    );
  });

  it("offers nothing larger where nothing is scaled, and no format that would lose frames", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=orbit.gif&op=op:rotate");
    expect(await offered(page, await snippet(page, "Picture", "60w"))).toEqual(
      ["15w", "30w", "60w"].map((width) => `image/gif ${width}`),
    );
  });

  it("speaks of one picture only, however late its explanation comes", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:resize+w:100");
    const before = await snippet(page, "Picture", "100w");
    const late = Promise.withResolvers<void>();
    await page.route(/\/explain.*orbit\.gif/, (route) => late.promise.then(() => route.continue()));
    await page.getByLabel("Path or address").fill("orbit.gif");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".facts").textContent(), PATIENCE).toMatch(/Result.*GIF/);
    expect(await snippet(page, "Picture", "")).toBe(before);
    late.resolve();
    const after = await snippet(page, "Picture", "orbit.gif");
    expect(after).not.toMatch(/landscape|webp|avif/);
  });

  it("is explained: how it is named, how it is made, what that takes", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:resize+w:100");
    const explained = page.locator(".explained");
    await expect.poll(() => explained.textContent(), PATIENCE).toContain("op=resize&path=landscape.jpg&w=100");
    const told = await (await fetch(`${web.origin}/explain${(await shownUrl(page)).replace("/display", "")}`)).json();
    for (const fact of [told.key, told.making.plan.road, told.making.output.name, told.cacheControl])
      expect(await explained.textContent()).toContain(fact);
    expect(await explained.textContent()).toMatch(/JPEG, read at 1\/\d.*[kM]B predicted, of 83\.9 MB/s);
    await expect.poll(() => explained.locator(".times").textContent(), PATIENCE).toMatch(/edge[\d.]+ ms/);
  });

  it("is the API’s own word where it refuses, and the last picture stays", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=badge.png&op=op:resize+w:100");
    await page.getByRole("textbox", { name: "Width" }).fill("9000");
    const note = page.locator(".canvas .problem");
    await expect.poll(() => note.textContent(), PATIENCE).toMatch(/422 .*output_too_large.*request /s);
    await expectResult(page, "100 x 100");
    expect(await page.getByRole("status").textContent()).toMatch(/: Cannot .*9000/);
    await page.getByRole("textbox", { name: "Width" }).fill("90x");
    await expect.poll(() => note.textContent(), PATIENCE).toMatch(/400 .*Cannot parse w "90x"/s);
    await page.getByRole("textbox", { name: "Width" }).fill("90");
    await expectResult(page, "90 x 90");
    expect(await note.count()).toBe(0);

    await page.getByLabel("Path or address").fill("absent.png");
    await page.keyboard.press("Enter");
    await expect.poll(() => note.textContent(), PATIENCE).toMatch(/404 .*not_found/s);
  });

  it("says so where no URL can", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=badge.png&op=op:resize+w:50&op=op:flat");
    await page.getByRole("textbox", { name: "Position" }).fill("a:b");
    await expect.poll(() => page.locator(".canvas .problem").textContent(), PATIENCE).toContain('Cannot put "a:b"');
    expect(await page.locator(".address code").allTextContents()).toEqual(["–", "–"]);
  });
});
