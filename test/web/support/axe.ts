import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe-core finds wrong on a page, each with the place; empty where nothing is. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source); // the page's own policy lets no script of others in
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { readonly axe: Axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}

interface Axe {
  run(): Promise<{ readonly violations: readonly { id: string; nodes: readonly { target: string[] }[] }[] }>;
}
