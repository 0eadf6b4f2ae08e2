import type { App, Context } from "../app.ts";
import type { Config } from "../env.ts";
import { derive } from "../picture/derive.ts";
import type { Waiting } from "../platform/budget.ts";
import type { Timing } from "../timing.ts";
import { type Asked, formatAfter } from "./asked.ts";
import { objectName } from "./key.ts";
import { lookUp } from "./lookup.ts";
import type { Made } from "./made.ts";
import { isOriginal } from "./options.ts";
import { loadSource, type Source } from "./source.ts";
import { mimeOf, store } from "./store.ts";

/**
 * Loads the source, derives, stores: once, however many ask at the same time. The object is written before the answer,
 * since only then may the answer be cached for long; key and children follow.
 * @throws HttpError
 */
export async function make(asked: Asked, app: App, context: Context, timing: Timing) {
  const { signal } = asked.asker;
  return app.jobs.run(asked.key, { signal, keepAlive: (job) => context.waitUntil(job) }, (abandoned) =>
    makeLeased({ ...asked, asker: { ...asked.asker, signal: abandoned } }, app, context, timing),
  );
}

/** Who finds another isolate at it takes what that one stored; should there be nothing, it makes it after all. */
async function makeLeased(asked: Asked, app: App, context: Context, timing: Timing): Promise<Made> {
  if (!app.destination || asked.options.force) return makeNow(asked, app, context, timing);
  const lease = await timing.time("lease", () => app.leases.take(asked.key));
  const found = lease ? undefined : await takeStored(asked, app, context, timing);
  if (found) return found;
  try {
    return await makeNow(asked, app, context, timing);
  } finally {
    if (lease) context.waitUntil(lease.end());
  }
}

async function takeStored(asked: Asked, app: App, context: Context, timing: Timing): Promise<Made | undefined> {
  const { stored } = await lookUp(asked, app, context, timing);
  if (!stored) return undefined;
  const { name, version, modified, object } = stored;
  const bytes = await new Response(object.body).bytes();
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return { bytes, mime: mimeOf(name), extension, name, version, modified, stored: true, elsewhere: true };
}

/**
 * Loading a source and waiting for memory both have their longest time. Whoever needed more than both together, since
 * the isolate was busy with others, would get an answer too late to be of use (security.md E2).
 */
const startByMs = ({ cameMs }: Asked["asker"], { limits }: Config): number =>
  cameMs + limits.sourceTimeoutMs + limits.maxWaitMs;

/** The source counts from the moment that its size is known: those who wait for their turn hold theirs already. */
async function makeNow(asked: Asked, app: App, context: Context, timing: Timing): Promise<Made> {
  const { asker } = asked;
  const waiting = { signal: asker.signal, startByMs: startByMs(asker, app.config) };
  const held = app.loading.on(waiting).hold();
  try {
    const source = await timing.time("source", () =>
      loadSource(asked.options.source, { ...asker, admit: held.take }, app),
    );
    return await makeOf(source, asked, waiting, app, context, timing);
  } finally {
    held.end();
  }
}

async function makeOf(
  source: Source,
  asked: Asked,
  waiting: Waiting,
  app: App,
  context: Context,
  { time, describe }: Timing,
): Promise<Made> {
  const { config } = app;
  const { options, key, asker } = asked;
  const wanted = {
    operations: options.operations,
    original: isOriginal(options) && config.format === undefined,
    format: (format: Parameters<typeof formatAfter>[1]) => formatAfter(asked, format, config),
    quality: Math.max(1, options.quality ?? config.quality),
    effort: options.effort ?? config.effort,
    background: options.background ?? config.background,
    keepProfile: config.keepIcc,
  };
  const loadForeground = async (path: string) => (await loadSource({ path }, asker, app)).bytes;
  const { limits, maxImageDimensions } = config;
  const derived = await derive(source.bytes, wanted, {
    limits,
    maxImageDimensions,
    budget: app.budget.on(waiting),
    loadForeground,
    time,
    describe,
  });
  const name = objectName(key, config.shard, derived.extension);
  const { version, modified } = source;
  const stored = await time("store", () => store({ ...derived, name, version, modified }, asked, app, context));
  return { ...derived, name, version, modified, stored, elsewhere: false };
}
