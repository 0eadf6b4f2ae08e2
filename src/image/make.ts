import type { App, Context } from "../app.ts";
import type { Timing } from "../timing.ts";
import { type Asked, formatAfter } from "./asked.ts";
import { derive } from "./derive.ts";
import { objectName } from "./key.ts";
import type { Made } from "./made.ts";
import { isOriginal } from "./options.ts";
import { loadSource } from "./source.ts";
import { store } from "./store.ts";

/**
 * Loads the source, derives, stores: once, however many ask at the same time. The object is written before the answer,
 * since only then may the answer be cached for long; key and children follow.
 * @throws HttpError
 */
export async function make(asked: Asked, app: App, context: Context, timing: Timing) {
  return app.jobs.run(
    asked.key,
    (job) => context.waitUntil(job),
    () => makeNow(asked, app, context, timing),
  );
}

async function makeNow(asked: Asked, app: App, context: Context, { time, describe }: Timing): Promise<Made> {
  const { config, budget } = app;
  const { options, key } = asked;
  const source = await time("source", () => loadSource(options.source, asked.asker, app));
  const wanted = {
    operations: options.operations,
    original: isOriginal(options) && config.format === undefined,
    format: (format: Parameters<typeof formatAfter>[1]) => formatAfter(asked, format, config),
    quality: Math.max(1, options.quality ?? config.quality),
    background: options.background ?? config.background,
  };
  const loadForeground = async (path: string) => (await loadSource({ path }, asked.asker, app)).bytes;
  const { limits, maxImageDimensions } = config;
  const derived = await derive(source.bytes, wanted, {
    limits,
    maxImageDimensions,
    budget,
    loadForeground,
    time,
    describe,
  });
  const name = objectName(key, config.shard, derived.extension);
  const { version, modified } = source;
  const stored = await time("store", () => store({ ...derived, name, version, modified }, asked, app, context));
  return { ...derived, name, version, modified, stored };
}
