import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { samplesAt } from "../../tools/samples.ts";
import { CHROMIUM, FLAGS } from "./support/chromium.ts";
import type {} from "./support/provided.ts";
import { startWorker } from "./support/worker.ts";

/** One Worker and one browser for all tests of pages. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!CHROMIUM) {
    project.provide("web", undefined);
    return async () => undefined;
  }
  const [worker, browser] = await Promise.all([
    startWorker(project.config.root, samplesAt(1 / 4)),
    chromium.launchServer({ executablePath: CHROMIUM, args: FLAGS }),
  ]);
  const { origin, closedOrigin } = worker;
  project.provide("web", { origin, closedOrigin, browser: browser.wsEndpoint() });
  return async () => {
    await Promise.all([browser.close(), worker.close()]);
  };
}
