import { expect, it } from "vitest";
import { examplesFor } from "../../support/claims.ts";
import { describePage, PATIENCE, PHONE, usePages, web } from "../support/browser.ts";
import { card, expectResult, expectUrl, openPlayground, resultOf } from "../support/playground.ts";

const LINKS = examplesFor("playground").flatMap(({ text }) => text.match(/#.+/g) ?? []);
const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

describePage("the playground, when it is opened", () => {
  const newPage = usePages();

  it("shows a sample, its result, and their figures, without having been asked", async () => {
    const page = await newPage();
    await openPlayground(page);
    await expectResult(page, "800 x 600");
    await expectUrl(page, "/display?path=landscape.jpg&op=resize&w=800&fmt=webp&q=80");
    const facts = page.locator(".facts");
    await expect.poll(() => facts.textContent(), PATIENCE).toMatch(/1000 × 750JPEG, .*800 × 600WebP, .* kB/);
    expect(await facts.textContent()).toMatch(/[\d.]+ ms(made|shared|stored|edge)/);
    expect(await page.getByRole("status").textContent()).toMatch(/^Result: 800 by 600 pixels, WebP/);
  });

  it("asks nobody but its own service, runs without errors, and keeps nothing", async () => {
    const page = await newPage();
    const hosts = new Set<string>();
    const faults: string[] = [];
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await openPlayground(page);
    await expect.poll(() => page.getByText("Canonical form").count(), PATIENCE).toBe(1);
    hosts.delete("null"); // blob: addresses
    expect([...hosts]).toEqual([web.origin]);
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0);
  });

  it("shows what a link says", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=badge.png&op=op:fit+w:100&op=op:rotate+deg:180&op=op:none&fmt=jpg&bg=fff&x=1");
    await expectResult(page, "100 x 100");
    await expectUrl(page, "/display?path=badge.png&op=fit&w=100&fmt=jpg&bg=fff&op=op:rotate+deg:180");
    expect(await card(page, "Rotate").getByRole("radio", { name: "180" }).isChecked()).toBe(true);
  });

  it.for(LINKS)("shows what the documents link to: %s", async (link) => {
    const page = await newPage();
    await openPlayground(page, link);
    expect(await page.locator(".canvas .problem").count()).toBe(0);
  });

  it("writes what it shows into its address, which shows the same to somebody else", async () => {
    const page = await newPage();
    await openPlayground(page);
    await page.getByRole("button", { name: "badge.png" }).click();
    await card(page, "Resize").getByRole("textbox", { name: "Width" }).fill("123");
    await expect
      .poll(() => page.url(), PATIENCE)
      .toBe(`${web.origin}/#path=badge.png&op=op:resize+w:123&fmt=webp&q=80`);
    const other = await newPage();
    await other.goto(page.url());
    await expectResult(other, "123 x 123");
    await other.evaluate(() => {
      location.hash = "#path=orbit.gif";
    });
    await expectResult(other, "80 x 60");
  });

  it("is one column on a phone, and as wide as that", async () => {
    const page = await newPage(PHONE);
    await openPlayground(page);
    const tops = await page.evaluate(() =>
      [".source-panel", ".pane.source", ".operations", ".address", ".snippets", ".explained"].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().top ?? 0,
      ),
    );
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it.for([1440, 1000])("covers nothing of what stands below its picture, %i pixels wide", async (width) => {
    const page = await newPage({ viewport: { width, height: 900 } });
    await openPlayground(page);
    const covered = await page.locator(".below button").evaluateAll((buttons) =>
      buttons.filter((button) => {
        button.scrollIntoView({ block: "center" });
        const { left, top, width, height } = button.getBoundingClientRect();
        return !button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }),
    );
    expect(covered).toHaveLength(0);
  });

  it("has a divider that follows a mouse from anywhere, and keys after it, and selects no text", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg&op=op:resize+w:80");
    const { x, y, width, height } = (await page.locator(".canvas").boundingBox()) ?? NOWHERE;
    await page.mouse.move(x + width / 4, y + height / 3);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height + 40, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.press("ArrowRight");
    const divider = page.getByRole("slider", { name: "Divider between source and result" });
    expect(await divider.getAttribute("aria-valuenow")).toBe("52");
    expect(await page.evaluate(() => String(getSelection()))).toBe("");
  });

  it("lets the words of a refusal be selected, where the divider lies below them", async () => {
    const page = await newPage();
    await openPlayground(page);
    await page.getByRole("textbox", { name: "Path or address" }).fill("none.jpg");
    await page.keyboard.press("Enter");
    await page.locator(".canvas .problem").getByText("not_found").dblclick();
    expect(await page.evaluate(() => String(getSelection()))).toContain("not_found");
    expect(await page.getByRole("slider", { name: /^Divider/ }).getAttribute("aria-valuenow")).toBe("50");
  });

  it("has a divider that a finger drags", async () => {
    const page = await newPage(PHONE);
    await openPlayground(page);
    const divider = page.getByRole("slider", { name: "Divider between source and result" });
    await divider.scrollIntoViewIfNeeded();
    const { x = 0, y = 0, width = 0, height = 0 } = (await divider.boundingBox()) ?? {};
    const touch = await page.context().newCDPSession(page);
    const at = (left: number) => ({ touchPoints: [{ x: left, y: y + height / 2 }] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(x + width / 2) });
    for (const left of [150, 120, 100])
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(left) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(Number(await divider.getAttribute("aria-valuenow"))).toBeLessThan(30);
    expect(await resultOf(page).isVisible()).toBe(true);
  });
});
