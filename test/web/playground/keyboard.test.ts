import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, usePages } from "../support/browser.ts";
import { chain, expectResult, expectUrl, openPlayground } from "../support/playground.ts";

/** What the screen reader would say has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const text = element?.getAttribute("aria-label") ?? labels.map((label) => label.textContent).join(" ");
    return (text || element?.textContent || "").trim();
  });

/** Presses Tab until what is called so has the focus. */
async function tabTo(page: Page, name: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if (name.test(await focused(page))) return;
  }
  throw new Error(`Cannot reach ${name} by ${key}`);
}

describePage("the playground without a mouse", () => {
  const newPage = usePages();

  it("goes from sample to copied URL", async () => {
    const page = await newPage({ permissions: ["clipboard-read", "clipboard-write"] });
    await openPlayground(page, "#path=landscape.jpg");
    await tabTo(page, /^badge\.png$/);
    await page.keyboard.press("Enter");
    await expectResult(page, "300 x 300");

    await tabTo(page, /^Divider/);
    for (const [key, at] of [
      ["ArrowRight", 52],
      ["PageUp", 62],
      ["Home", 0],
      ["ArrowLeft", 0],
      ["End", 100],
    ] as const) {
      await page.keyboard.press(key);
      expect(await page.getByRole("slider", { name: /^Divider/ }).getAttribute("aria-valuenow")).toBe(String(at));
    }

    await tabTo(page, /^Add resize$/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^Width, slider$/, "Shift+Tab");
    await page.keyboard.press("Home");
    await page.keyboard.press("PageUp");
    await tabTo(page, /^Width$/);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("64");
    await tabTo(page, /^Add flip$/);
    await page.keyboard.press("Space");
    expect(await chain(page)).toEqual(["Resize", "Flip"]);
    await tabTo(page, /^h$/, "Shift+Tab");
    await page.keyboard.press("ArrowRight");
    await expectUrl(page, "/display?path=badge.png&op=resize&w=64&op=op:flip+pos:v");
    await tabTo(page, /^Remove Resize$/, "Shift+Tab");
    await page.keyboard.press("Enter");
    expect(await chain(page)).toEqual(["Flip"]);
    await expect.poll(() => focused(page), PATIENCE).toMatch(/^Move Flip/);

    await tabTo(page, /Query form$/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), PATIENCE).toContain("op=flip&pos=v");
  });

  it("goes on from the neighbour of what is removed, and from what can be added after the last", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=badge.png&op=op:flip+pos:h&op=op:rotate+deg:90");
    for (const [name, next] of [
      ["Rotate", /^Move Flip/],
      ["Flip", /^Add resize$/],
    ] as const) {
      await page.getByRole("button", { name: `Remove ${name}` }).press("Enter");
      await expect.poll(() => focused(page), PATIENCE).toMatch(next);
    }
  });

  it("shows where it is: everything that takes the focus has an outline then", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:crop+w:100");
    await page.getByRole("button", { name: "Crop", exact: true }).press("Enter");
    await page.locator(".rectangle").waitFor();
    const without = new Set<string>();
    for (let presses = 0; presses < 70; presses++) {
      await page.keyboard.press("Tab");
      const outlined = await page.evaluate(() => {
        const element = document.activeElement;
        const drawn = [element, element?.nextElementSibling, element?.firstElementChild];
        return (
          element === document.body || drawn.some((part) => part && getComputedStyle(part).outlineStyle !== "none")
        );
      });
      if (!outlined) without.add(await focused(page));
    }
    expect([...without]).toEqual([]);
  });
});
