import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { openPlayground } from "../support/playground.ts";

const MOST_BYTES = 30_000;
/** A style, a script, and what it shares with other pages. */
const FILES = 3;
/** Of the processor, for all of the page and its first picture. Of the clock would be that of the machine's other work. */
const MOST_SECONDS = 1;

/** How much moved on the page without anybody having touched it (Cumulative Layout Shift). */
const shifted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0));
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 500); // nobody calls where nothing has moved
      }),
  );

describePage("the weight of the playground", () => {
  const newPage = usePages();

  it(`is below ${MOST_BYTES} bytes without pictures, compressed`, async () => {
    const page = await newPage();
    const files: Promise<number>[] = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (pathname === "/" || pathname.startsWith("/assets/"))
        files.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    });
    await openPlayground(page);
    const sizes = await Promise.all(files);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  it("is little for a browser to do, and nothing jumps", async () => {
    const page = await newPage();
    const browser = await page.context().newCDPSession(page);
    await browser.send("Performance.enable", { timeDomain: "threadTicks" });
    await openPlayground(page);
    await expect.poll(() => page.getByText("Canonical form").count(), PATIENCE).toBe(1);
    expect(await shifted(page)).toBeLessThan(0.02);
    const { metrics } = await browser.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(MOST_SECONDS);
  });

  it("asks for all of its files at once", async () => {
    const page = await newPage();
    const asked = new Set<string>();
    const all = Promise.withResolvers<void>();
    await page.route("**/assets/**", async (route) => {
      asked.add(route.request().url());
      if (asked.size === FILES) all.resolve();
      await all.promise; // if one came only after another, none ever would
      await route.continue();
    });
    await openPlayground(page);
    expect(asked.size).toBe(FILES);
  });

  it("is served under a policy that lets nothing from elsewhere in", async () => {
    const page = await newPage();
    const response = await page.goto(web.origin);
    expect((await response?.allHeaders())?.["content-security-policy"]).toMatch(/default-src 'self'/);
    const stopped = await page.evaluate(async (elsewhere) => {
      const violation = new Promise<string>((tell) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => tell(effectiveDirective));
      });
      await fetch(elsewhere, { mode: "no-cors" }).catch(() => undefined);
      return violation;
    }, `${web.closedOrigin}/healthcheck`);
    expect(stopped).toBe("connect-src");
  });
});
