import type { App, Context } from "../app.ts";
import type { Config } from "../env.ts";
import { derive } from "../picture/derive.ts";
import type { Derived } from "../picture/derived.ts";
import { checkHead, forecast } from "../picture/forecast.ts";
import type { Wanted } from "../picture/outline.ts";
import type { Budget, Runner } from "../platform/budget.ts";
import type { Timing } from "../timing.ts";
import { admitBy, checkedBy } from "./admit.ts";
import { type Asked, formatAfter } from "./asked.ts";
import { objectName } from "./key.ts";
import type { Made } from "./made.ts";
import { isOriginal } from "./options.ts";
import { loadSource, type Source } from "./source.ts";
import { store } from "./store.ts";

/**
 * Loading a source and waiting for memory both have their longest time. Whoever needed more than both together, since
 * the isolate was busy with others, would get an answer too late to be of use (security.md E2).
 */
const startByMs = ({ cameMs }: Asked["asker"], { limits }: Config): number =>
  cameMs + limits.sourceTimeoutMs + limits.maxWaitMs;

/**
 * Makes a derivative and stores it. The source counts from the moment that its size is known; so does what will be made
 * of it, as soon as its header is.
 * @throws HttpError
 */
export async function makeNow(asked: Asked, app: App, context: Context, timing: Timing): Promise<Made> {
  const { config } = app;
  const waiting = { signal: asked.asker.signal, startByMs: startByMs(asked.asker, config) };
  const holdOf = (budget: Budget) => budget.on(waiting).hold();
  const memory = { looking: holdOf(app.looking), loading: holdOf(app.loading), making: holdOf(app.budget) };
  const wanted = wantedOf(asked, config);
  const admit = admitBy((head, sizeBytes) => forecast(head, sizeBytes, wanted, config), memory, config.limits);
  try {
    const load = () => loadSource(asked.options.source, { ...asked.asker, admit }, app);
    const source = await timing.time("source", load);
    const derived = await deriveFrom(source, wanted, { asked, app, timing, budget: memory.making });
    memory.making.end();
    return await keep(derived, source, asked, app, context, timing);
  } finally {
    for (const held of Object.values(memory)) held.end();
  }
}

const wantedOf = (asked: Asked, config: Config): Wanted => ({
  operations: asked.options.operations,
  original: isOriginal(asked.options) && config.format === undefined,
  format: (format) => formatAfter(asked, format, config),
  quality: Math.max(1, asked.options.quality ?? config.quality),
  effort: asked.options.effort ?? config.effort,
  background: asked.options.background ?? config.background,
  keepProfile: config.keepIcc,
});

interface Making {
  readonly asked: Asked;
  readonly app: App;
  readonly timing: Timing;
  readonly budget: Runner;
}

function deriveFrom({ bytes }: Source, wanted: Wanted, { asked, app, timing, budget }: Making): Promise<Derived> {
  const { limits, maxImageDimensions } = app.config;
  const { time, describe } = timing;
  return derive(bytes, wanted, { limits, maxImageDimensions, budget, loadForeground, time, describe });

  async function loadForeground(path: string): Promise<Uint8Array> {
    const admit = checkedBy((head) => checkHead(head, app.config));
    return (await loadSource({ path }, { ...asked.asker, admit }, app)).bytes;
  }
}

async function keep(
  derived: Derived,
  { version, modified }: Source,
  asked: Asked,
  app: App,
  context: Context,
  { time }: Timing,
): Promise<Made> {
  const name = objectName(asked.key, app.config.shard, derived.extension);
  const kept = await time("store", () => store({ ...derived, name, version, modified }, asked, app, context));
  return { ...derived, name, version, modified, kept, elsewhere: false };
}
