import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { CHROMIUM, FLAGS } from "../../tools/chromium.ts";
import { startPagesWorker } from "../../tools/pages-worker.ts";
import { samplesAt } from "../../tools/samples.ts";
import type {} from "./support/provided.ts";
import { SECRETS } from "./support/secrets.ts";

/** One Worker and one browser for all tests of pages. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!CHROMIUM) {
    project.provide("web", undefined);
    return async () => undefined;
  }
  const [worker, browser] = await Promise.all([
    startPagesWorker(samplesAt(1 / 4), SECRETS),
    chromium.launchServer({ executablePath: CHROMIUM, args: FLAGS }),
  ]);
  const { origin, closedOrigin } = worker;
  project.provide("web", { origin, closedOrigin, browser: browser.wsEndpoint() });
  return async () => {
    await Promise.all([browser.close(), worker.close()]);
  };
}
