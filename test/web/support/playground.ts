import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { PATIENCE, web } from "./browser.ts";

/** Opens the playground by a link, and waits for the result that it asks for. */
export async function openPlayground(page: Page, fragment = "", origin = web.origin): Promise<void> {
  await page.goto(`${origin}/${fragment}`);
  await resultOf(page).waitFor();
}

export const resultOf = (page: Page): Locator => page.getByRole("img", { name: "Result" });

/** Pixels of the result that is shown, such as `800 x 600`. */
export const resultSize = (page: Page): Promise<string> =>
  resultOf(page).evaluate((image: HTMLImageElement) => `${image.naturalWidth} x ${image.naturalHeight}`);

export const expectResult = (page: Page, size: string): Promise<void> =>
  expect.poll(() => resultSize(page), PATIENCE).toBe(size);

/** The URL in the query form, without its origin. */
export const shownUrl = async (page: Page): Promise<string> =>
  (await page.locator(".address code").first().textContent()) ?? "";

export const expectUrl = (page: Page, url: string): Promise<void> =>
  expect.poll(() => shownUrl(page), PATIENCE).toBe(url);

/** A card of the chain by its name and, of several, its place. */
export const card = (page: Page, name: string, at = 0): Locator =>
  page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name }) })
    .nth(at);

/** Names of the cards in their order. */
export const chain = (page: Page): Promise<string[]> =>
  page.locator("[data-card] h3").evaluateAll((titles) => titles.map((title) => title.firstChild?.textContent ?? ""));

/** The text of a snippet by its title, once it speaks of what is asked for. */
export async function snippet(page: Page, title: string, part: string): Promise<string> {
  const block = page.locator(".code-block").filter({ has: page.getByRole("heading", { name: title }) });
  await expect.poll(() => block.locator("pre").textContent(), PATIENCE).toContain(part);
  return (await block.locator("pre").textContent()) ?? "";
}
