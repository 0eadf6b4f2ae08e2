import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, PHONE, usePages } from "../support/browser.ts";
import { choose, createDesk, shownCrop, upload } from "../support/desk.ts";
import { colourAt, expectPreviewed, expectStored, gradient, oriented, type Pixel } from "../support/drawn.ts";

describePage("cropping an avatar", () => {
  const newPage = usePages();

  it("stores what was dropped, wheeled, dragged and moved by keys as it was shown", async () => {
    const desk = await createDesk(newPage);
    const { page } = desk;
    await desk.open();
    await drop(page, await gradient(page));
    const stage = page.getByRole("application");
    await stage.waitFor();
    expect(await shownCrop(page)).toEqual({ x: 40, y: 0, w: 160, h: 160 });

    const box = await frameOf(page);
    const [x, y] = [box.x + box.width / 4, box.y + box.height / 4];
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -100);
    await expect.poll(() => shownCrop(page), PATIENCE).toMatchObject({ w: 131, h: 131 });
    const wheeled = await shownCrop(page);
    expect(Math.abs(wheeled.x + 131 / 4 - (40 + 160 / 4)), "under the pointer is what was").toBeLessThanOrEqual(1);

    await page.mouse.down();
    await page.mouse.move(x - 50, y + 10, { steps: 5 });
    await page.mouse.up();
    const moved = await shownCrop(page);
    expect(Math.abs(moved.x - wheeled.x - (50 / box.width) * 131)).toBeLessThanOrEqual(1);
    expect(Math.abs(moved.y - wheeled.y + (10 / box.height) * 131)).toBeLessThanOrEqual(1);

    await page.keyboard.press("Shift+ArrowLeft");
    expect(await shownCrop(page)).toEqual({ ...moved, x: moved.x - 1 });
    await page.keyboard.press("-");
    expect(await shownCrop(page)).toMatchObject({ w: 144, h: 144 });
    await page.keyboard.press("+");
    await expectPreviewed(page);
    const shown = await shownCrop(page);
    await upload(page);
    await expectStored(desk, shown);
  });

  it.for([
    [6, (x: number, y: number): Pixel => colourAt(y, 1 - x)],
    [8, (x: number, y: number): Pixel => colourAt(1 - y, x)],
  ] as const)(
    "is measured on the upright picture of a phone that was on its side: %i",
    async ([orientation, colours]) => {
      const desk = await createDesk(newPage);
      const { page } = desk;
      await desk.open();
      const size = { width: 160, height: 240 };
      await choose(page, oriented(await gradient(page, undefined, "image/jpeg"), orientation), "image/jpeg");
      expect(await shownCrop(page)).toEqual({ x: 0, y: 40, w: 160, h: 160 });
      for (const key of ["+", "+", "ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
      await expectPreviewed(page, size, colours);
      const shown = await shownCrop(page);
      await upload(page);
      await expectStored(desk, shown, size, colours);
    },
  );

  it("goes no further than the picture does", async () => {
    const { page, open } = await createDesk(newPage);
    await open();
    await choose(page, await gradient(page));
    for (let presses = 0; presses < 30; presses++) await page.keyboard.press("ArrowRight");
    expect(await shownCrop(page)).toEqual({ x: 80, y: 0, w: 160, h: 160 });
    await page.getByRole("slider", { name: "Zoom" }).fill("1");
    expect(await shownCrop(page)).toMatchObject({ w: 32, h: 32 });
    await page.locator(".stage").press("0");
    expect(await shownCrop(page)).toEqual({ x: 40, y: 0, w: 160, h: 160 });
  });

  it("is zoomed by two fingers", async () => {
    const { page, open } = await createDesk(newPage, PHONE);
    await open();
    await choose(page, await gradient(page));
    const { x, y, width } = await frameOf(page);
    const touch = await page.context().newCDPSession(page);
    const at = (spread: number) => [-spread, spread].map((by, id) => ({ x: x + width / 2 + by, y: y + width / 2, id }));
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(40) });
    for (const spread of [60, 80])
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(spread) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(await shownCrop(page)).toEqual({ x: 80, y: 40, w: 80, h: 80 });
  });

  it("shows another part of what was uploaded, without another upload", async () => {
    const desk = await createDesk(newPage);
    const { page } = desk;
    await desk.put(await gradient(page));
    await desk.open();
    await page.getByRole("button", { name: "Show another part" }).click();
    await page.locator(".stage:focus").waitFor();
    expect(await shownCrop(page)).toEqual({ x: 40, y: 0, w: 160, h: 160 });
    for (const key of ["+", "+", "ArrowRight"]) await page.keyboard.press(key);
    const shown = await shownCrop(page);
    await page.getByRole("button", { name: "Save this part" }).click();
    await page.getByText("The new part is shown everywhere.").waitFor();
    await expectStored(desk, shown);
  });
});

async function drop(page: Page, buffer: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], "picture.png", { type: "image/png" }));
    return transfer;
  }, buffer.toString("base64"));
  await page.dispatchEvent(".drop", "dragover", { dataTransfer });
  expect(await page.locator(".drop.over").count()).toBe(1);
  await page.dispatchEvent(".drop", "drop", { dataTransfer });
}

async function frameOf(page: Page) {
  const box = await page.locator(".frame").boundingBox();
  if (!box) throw new Error("No frame");
  return box;
}
