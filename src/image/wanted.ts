import type { App } from "../app.ts";
import type { Config } from "../env.ts";
import type { PlanContext, Wanted } from "../picture/derivation.ts";
import { checkHead, forecast } from "../picture/forecast.ts";
import type { Runner, Waiting } from "../platform/budget.ts";
import type { Timing } from "../timing.ts";
import { admitBy, checkedBy, type Memory } from "./admit.ts";
import { type Asked, formatAfter } from "./asked.ts";
import { isOriginal } from "./options.ts";
import { loadSource, type Source } from "./source.ts";

/** Who waits for memory, and until when. */
export const waitingOf = ({ asker }: Asked, { config }: App): Waiting => ({
  signal: asker.signal,
  startByMs: startByMs(asker, config),
});

/** What holds the beginning of a source, and then all of it. */
export const loadingMemory = (waiting: Waiting, { looking, loading }: App): Omit<Memory, "making"> => ({
  looking: looking.on(waiting).hold(),
  loading: loading.on(waiting).hold(),
});

/**
 * Loads the source of a request for as long as `use` takes. It counts in `memory` from the moment that its size is
 * known; so does what will be made of it, as soon as its header is.
 */
export async function withSource<T>(
  asked: Asked,
  memory: Memory,
  app: App,
  { time }: Pick<Timing, "time">,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const { config } = app;
  const wanted = wantedOf(asked, config);
  const admit = admitBy((head, sizeBytes) => forecast(head, sizeBytes, wanted, config), memory, config.limits);
  try {
    return await use(await time("source", () => loadSource(asked.options.source, { ...asked.asker, admit }, app)));
  } finally {
    for (const held of Object.values(memory)) held.end();
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
export function planContext({ asker }: Asked, app: App, budget: Runner, { time }: Pick<Timing, "time">): PlanContext {
  const { limits, maxImageDimensions } = app.config;
  const admit = checkedBy((head) => checkHead(head, app.config));
  const loadForeground = async (path: string) => (await loadSource({ path }, { ...asker, admit }, app)).bytes;
  return { limits, maxImageDimensions, budget, loadForeground, time };
}
