import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { OPERATIONS } from "../../../src/operation/operations.ts";
import { PRESETS } from "../../../web/playground/model/presets.ts";
import { describePage, PATIENCE, usePages } from "../support/browser.ts";
import { card, chain, expectResult, expectUrl, openPlayground } from "../support/playground.ts";

const THREE = "#path=landscape.jpg&op=op:resize+w:300&op=op:rotate&op=op:crop+w:50+h:40";

describePage("the chain of operations", () => {
  const newPage = usePages();

  it("is made anew while a number is typed, and the old picture stays until the new one is there", async () => {
    const page = await newPage();
    await openPlayground(page);
    const seen = await watchResult(page, async () => {
      await card(page, "Resize").getByRole("textbox", { name: "Width" }).fill("200");
      await expectResult(page, "200 x 150");
    });
    expect(new Set(seen)).toEqual(new Set(["800 complete", "200 complete"]));
  });

  it("asks once a slider rests, not while it moves", async () => {
    const page = await newPage();
    await openPlayground(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await card(page, "Resize")
      .getByRole("slider", { name: "Width, slider" })
      .evaluate(async (slider: HTMLInputElement) => {
        for (let width = 101; width <= 160; width++) {
          slider.value = String(width);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise((later) => setTimeout(later, 5));
        }
      });
    await expectResult(page, "160 x 120");
    // One, but for moments at which the machine did something else.
    expect(asked.filter((url) => url.includes("/display")).length).toBeLessThan(10);
  });

  it("breaks off what is no longer wanted", async () => {
    const page = await newPage();
    await openPlayground(page);
    const broken: string[] = [];
    page.on("requestfailed", (request) => broken.push(request.url()));
    await page.route(/display.*w=111&/, () => undefined); // is never answered
    const width = card(page, "Resize").getByRole("textbox", { name: "Width" });
    const begun = page.waitForRequest(/display.*w=111&/);
    await width.fill("111");
    await begun;
    await width.fill("222");
    await expectResult(page, "222 x 167");
    expect(broken.filter((url) => url.includes("/display"))).toEqual([expect.stringMatching(/w=111&/)]);
  });

  it("grows by every operation of the table, each with its own controls, and shows something at once", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=orbit.gif");
    for (const [name, { options }] of OPERATIONS) {
      await page.getByRole("button", { name: `Add ${name}`, exact: true }).click();
      const added = page.locator("[data-card]").last();
      expect(await added.locator(".option").count(), name).toBe(options.length);
      await expect.poll(() => page.locator(".canvas.failed").count(), PATIENCE).toBe(0);
      await added
        .getByRole("button", { name: /^Remove / })
        .first()
        .click();
    }
    expect(await chain(page)).toEqual([]);
  });

  it("takes operations in any order: by buttons, by arrow keys on the grip, by dragging it", async () => {
    const page = await newPage();
    await openPlayground(page, THREE);
    await expectResult(page, "50 x 40");
    await card(page, "Crop").getByRole("button", { name: "Move Crop up" }).click();
    expect(await chain(page)).toEqual(["Resize", "Crop", "Rotate"]);
    await expectResult(page, "40 x 50");

    await page.keyboard.press("ArrowUp"); // the grip has the focus still
    expect(await chain(page)).toEqual(["Crop", "Resize", "Rotate"]);
    await page.keyboard.press("ArrowUp");
    expect(await chain(page)).toEqual(["Crop", "Resize", "Rotate"]);
    await expectUrl(page, "/display?path=landscape.jpg&op=crop&w=50&h=40&op=op:resize+w:300&op=op:rotate");

    const grip = card(page, "Rotate").getByRole("button", { name: /^Move Rotate, 3 of 3/ });
    const top = await card(page, "Crop").boundingBox();
    await grip.hover();
    await page.mouse.down();
    await page.mouse.move(top?.x ?? 0, (top?.y ?? 0) + 10, { steps: 10 });
    await page.mouse.up();
    expect(await chain(page)).toEqual(["Rotate", "Crop", "Resize"]);
    await expectResult(page, "300 x 240");
  });

  it("draws other pictures", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:resize+w:200&op=op:flat");
    const flat = card(page, "Flat");
    await flat.getByRole("combobox", { name: "Stick" }).selectOption("top-left");
    await flat.getByRole("textbox", { name: "Width" }).fill("60");
    await flat.getByRole("button", { name: "Add a picture" }).click();
    await flat.getByRole("textbox", { name: "Picture 1" }).fill("badge.png");
    await page.keyboard.press("Enter");
    await expectUrl(page, "/display?path=landscape.jpg&op=resize&w=200&op=op:flat+stick:top-left+w:60+path:badge.png");
    await expect.poll(() => page.locator(".explained").textContent(), PATIENCE).toContain("draw");
  });

  it("starts from presets, all of which the Worker makes", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=bokeh.webp");
    for (const { name, operations } of PRESETS) {
      const made = page.waitForResponse(/\/display/);
      await page.getByRole("button", { name, exact: true }).click();
      const titles = (await chain(page)).map((title) => title.toLowerCase());
      expect(titles).toEqual(operations.map(([operation]) => operation));
      expect((await made).status(), name).toBe(200);
    }
  });
});

/** What stood in the place of the result in each frame that was painted meanwhile. */
async function watchResult(page: Page, meanwhile: () => Promise<void>): Promise<readonly string[]> {
  await page.evaluate(() => {
    const seen: string[] = [];
    const look = () => {
      const images = [...document.querySelectorAll<HTMLImageElement>(".pane.result img")];
      seen.push(images.map((image) => `${image.naturalWidth} ${image.complete ? "complete" : "empty"}`).join());
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { seen });
  });
  await meanwhile();
  return page.evaluate(() => (window as unknown as { readonly seen: readonly string[] }).seen);
}
