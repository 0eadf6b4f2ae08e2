import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, PHONE, usePages } from "../support/browser.ts";
import { card, chain, expectResult, expectUrl, openPlayground } from "../support/playground.ts";

describePage("a rectangle on the picture", () => {
  const newPage = usePages();

  it("is drawn on the source, moved, and changed at a corner", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg");
    await page.getByRole("button", { name: "Crop", exact: true }).click();
    expect(await chain(page)).toEqual(["Crop"]);
    await drag(page, [0.2, 0.2], [0.6, 0.6]);
    expect(near(await numbers(page), [200, 150, 400, 300])).toBe(true);
    await drag(page, [0.4, 0.4], [0.5, 0.45]);
    expect(near(await numbers(page), [300, 187, 400, 300])).toBe(true);
    await drag(page, [0.7, 0.65], [0.9, 0.9]);
    expect(near(await numbers(page), [300, 187, 600, 488])).toBe(true);
    await drag(page, [0.5, 0.5], [2, -2]);
    const [x, y, width, height] = await numbers(page);
    expect([x + width, y]).toEqual([1000, 0]);
    await expectResult(page, `${width} x ${height}`);
    await page.getByRole("button", { name: "Done" }).click();
    expect(await page.locator(".crop").count()).toBe(0);
  });

  it("lies on what its operation gets, not on the source, where others come before it", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:resize+w:400&op=op:rotate&op=op:crop+w:40+h:40");
    await card(page, "Crop").getByRole("button", { name: "Drag on the picture" }).click();
    const input = page.getByRole("img", { name: "What the rectangle is cut from" });
    await input.waitFor();
    expect(await input.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([
      300, 400,
    ]);
    await drag(page, [0.5, 0.5], [1, 1]);
    expect(near(await numbers(page), [150, 200, 150, 200])).toBe(true);
  });

  it("is moved and changed by arrow keys", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:crop+x:100+y:100+w:500+h:400");
    await page.getByRole("button", { name: "Crop", exact: true }).press("Enter");
    const rectangle = page.getByRole("button", { name: /^Rectangle of 500 by 400 pixels at 100, 100/ });
    await rectangle.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowDown");
    await expectUrl(page, "/display?path=landscape.jpg&op=crop&x=110&y=92&w=490&h=408");
  });

  it("is drawn by a finger on a phone", async () => {
    const page = await newPage(PHONE);
    await openPlayground(page, "#path=badge.png");
    await page.getByRole("button", { name: "Crop", exact: true }).tap();
    await page.locator(".crop").scrollIntoViewIfNeeded();
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator(".crop").boundingBox()) ?? {};
    expect(width).toBeGreaterThan(250);
    const touch = await page.context().newCDPSession(page);
    const at = (part: number) => ({ touchPoints: [{ x: x + width * part, y: y + height * part }] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(0.2) });
    for (const part of [0.3, 0.5, 0.7])
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(part) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(near(await numbers(page), [60, 60, 150, 150])).toBe(true);
  });
});

type Part = readonly [x: number, y: number];

/** Between two places of the picture, 0 to 1; either may lie outside. */
async function drag(page: Page, from: Part, to: Part): Promise<void> {
  await page.locator(".crop").waitFor();
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator(".crop").boundingBox()) ?? {};
  await page.mouse.move(x + width * from[0], y + height * from[1]);
  await page.mouse.down();
  await page.mouse.move(x + width * to[0], y + height * to[1], { steps: 6 });
  await page.mouse.up();
}

/** What the card says: x, y, width, height. */
async function numbers(page: Page): Promise<number[]> {
  const crop = card(page, "Crop");
  await expect.poll(() => crop.getByRole("textbox", { name: "X" }).inputValue(), PATIENCE).not.toBe("");
  const texts = ["X", "Y", "Width", "Height"].map((name) => crop.getByRole("textbox", { name }).inputValue());
  return (await Promise.all(texts)).map(Number);
}

/** A pixel of the screen is up to three of the picture. */
const near = (given: readonly number[], expected: readonly number[]): boolean =>
  given.every((value, index) => Math.abs(value - expected[index]) <= 4);
