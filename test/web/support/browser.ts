import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterEach, beforeAll, describe, inject } from "vitest";
import type { WebProvided } from "./provided.ts";

const provided = inject("web");

/** Where the Worker and its pages are; asked for inside of tests only. */
export const web: WebProvided = provided ?? { origin: "", closedOrigin: "", browser: "" };

/** Tests that need a browser. */
export const describePage = (name: string, tests: () => void) =>
  describe.skipIf(!provided)(provided ? name : "skipped: no Chromium", tests);

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const DESK = { viewport: { width: 1440, height: 900 } } as const;

/** Longest that anything on a page may take, on a machine that does other things as well. */
export const PATIENCE = { timeout: 15_000 } as const;

/** Opens pages, each with a browser profile of its own, which is closed after the test. */
export function usePages(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.connect(web.browser);
    return () => browser.close();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  return async (options) => {
    const context = await browser.newContext({ ...DESK, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    return page;
  };
}
