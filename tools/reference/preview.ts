import { readConfig } from "../../src/env.ts";
import { decodePath } from "../../src/http/path.ts";
import { type Options, parseOptions } from "../../src/image/options.ts";
import { readParameters } from "../../src/image/parameters.ts";
import { wantedOf } from "../../src/image/wanted.ts";
import { OPERATIONS } from "../../src/operation/operations.ts";
import { readValues } from "../../src/operation/values.ts";
import type { PlanContext, Wanted } from "../../src/picture/derivation.ts";
import { planDerivation } from "../../src/picture/derive.ts";
import { createBudget } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";

const config = readConfig({});
const BOX = { w: "160", h: "120" };
const WHITE = { red: 255, green: 255, blue: 255, alpha: 255 };

/** A small JPEG of what `url` shows, whose sources `read` brings: made by the service's own code, in Node. */
export async function preview(url: string, read: (path: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  const options = optionsOf(url);
  const { source } = options;
  if (!("path" in source)) throw new Error(`Cannot draw ${url}: expected a path`);
  const shown = await make(await read(source.path), wantedOf({ options }, config), read);
  return make(shown, small(), read);
}

function optionsOf(url: string): Options {
  const { pathname, searchParams } = new URL(url, "http://example.com");
  const remainder = decodePath(pathname.replace(/^\/display\/?/, ""));
  const parameters = readParameters(remainder, searchParams, config.limits);
  return parseOptions(parameters, { ...config.limits, allowedSizes: undefined });
}

function small(): Wanted {
  const fit = OPERATIONS.get("fit")?.read(readValues((name) => BOX[name as keyof typeof BOX], []));
  if (!fit) throw new Error("No operation is named fit");
  const result = { format: () => "jpg" as const, quality: 80, effort: "max" as const, background: WHITE };
  return { ...result, operations: [fit], original: false, keepProfile: false };
}

async function make(bytes: Uint8Array, wanted: Wanted, loadForeground: PlanContext["loadForeground"]) {
  const context: PlanContext = {
    ...{ limits: config.limits, maxImageDimensions: undefined, loadForeground },
    budget: createBudget(config.limits, systemClock),
    time: (_step, work) => work(),
  };
  return (await (await planDerivation(bytes, wanted, context)).run()).bytes;
}
