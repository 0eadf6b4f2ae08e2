import type { App, Context } from "../app.ts";
import { derive } from "../picture/derive.ts";
import type { Derived } from "../picture/derived.ts";
import type { Timing } from "../timing.ts";
import type { Asked } from "./asked.ts";
import { objectName } from "./key.ts";
import type { Made } from "./made.ts";
import type { Source } from "./source.ts";
import { store } from "./store.ts";
import { loadingMemory, planContext, waitingOf, wantedOf, withSource } from "./wanted.ts";

/**
 * Makes a derivative and stores it.
 * @throws HttpError
 */
export async function makeNow(asked: Asked, app: App, context: Context, timing: Timing): Promise<Made> {
  const waiting = waitingOf(asked, app);
  const memory = { ...loadingMemory(waiting, app), making: app.budget.on(waiting).hold() };
  return withSource(asked, memory, app, timing, async (source) => {
    const within = { ...planContext(asked, app, memory.making, timing), describe: timing.describe };
    const derived = await derive(source.bytes, wantedOf(asked, app.config), within);
    memory.making.end();
    app.counters.countMade();
    return keep(derived, source, asked, app, context, timing);
  });
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
