import type { App } from "../app.ts";
import type { Config } from "../env.ts";
import type { PlanContext, Wanted } from "../picture/derivation.ts";
import type { Waiting } from "../platform/budget.ts";
import type { Timing } from "../timing.ts";
import { type Asked, formatAfter } from "./asked.ts";
import { isOriginal } from "./options.ts";
import { loadSource, type Source } from "./source.ts";

/**
 * Loads the source of a request for as long as `use` takes. It counts from the moment that its size is known: those who
 * wait for their turn hold theirs already.
 */
export async function withSource<T>(
  { asker, options }: Asked,
  app: App,
  { time }: Pick<Timing, "time">,
  use: (source: Source, waiting: Waiting) => Promise<T>,
): Promise<T> {
  const waiting = { signal: asker.signal, startByMs: startByMs(asker, app.config) };
  const held = app.loading.on(waiting).hold();
  try {
    const source = await time("source", () => loadSource(options.source, { ...asker, admit: held.take }, app));
    return await use(source, waiting);
  } finally {
    held.end();
  }
}

/**
 * Loading a source and waiting for memory both have their longest time. Whoever needed more than both together, since
 * the isolate was busy with others, would get an answer too late to be of use (security.md E2).
 */
const startByMs = ({ cameMs }: Asked["asker"], { limits }: Config): number =>
  cameMs + limits.sourceTimeoutMs + limits.maxWaitMs;

/** What a request wants, where it does not say so what the configuration wants. */
export const wantedOf = (asked: Pick<Asked, "options">, config: Config): Wanted => ({
  operations: asked.options.operations,
  original: isOriginal(asked.options) && config.format === undefined,
  format: (source) => formatAfter(asked, source, config),
  quality: Math.max(1, asked.options.quality ?? config.quality),
  effort: asked.options.effort ?? config.effort,
  background: asked.options.background ?? config.background,
  keepProfile: config.keepIcc,
});

/** What a picture is opened within, for a request. */
export function planContext({ asker }: Asked, app: App, waiting: Waiting, { time }: Pick<Timing, "time">): PlanContext {
  const { limits, maxImageDimensions } = app.config;
  const loadForeground = async (path: string) => (await loadSource({ path }, asker, app)).bytes;
  return { limits, maxImageDimensions, budget: app.budget.on(waiting), loadForeground, time };
}
