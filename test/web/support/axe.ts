import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const SOURCE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe-core finds wrong on a page, each with the place; empty where nothing is. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(SOURCE, "utf8")); // the page's own policy lets no script of others in
  return page.evaluate(async () => {
    const { axe } = window as unknown as { readonly axe: Axe };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}

interface Axe {
  run(): Promise<{ readonly violations: readonly { id: string; nodes: readonly { target: string[] }[] }[] }>;
}
