import type { App, Context } from "../app.ts";
import type { Timing } from "../timing.ts";
import type { Asked } from "./asked.ts";
import { lookUp } from "./lookup.ts";
import type { Made } from "./made.ts";
import { makeNow } from "./make-now.ts";
import { mimeOf } from "./store.ts";

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

/**
 * Who finds another isolate at it takes what that one stored; should there be nothing, it makes it after all. Who finds
 * something newer stored than it made itself takes that.
 */
async function makeLeased(asked: Asked, app: App, context: Context, timing: Timing): Promise<Made> {
  if (!app.destination || asked.options.force) return makeNow(asked, app, context, timing);
  const lease = await timing.time("lease", () => app.leases.take(asked.key));
  const found = lease ? undefined : await takeStored(asked, app, context, timing);
  if (found) return found;
  try {
    const made = await makeNow(asked, app, context, timing);
    if (made.kept !== "outdated") return made;
    return (await takeStored(asked, app, context, timing)) ?? made;
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
  return { bytes, mime: mimeOf(name), extension, name, version, modified, kept: "stored", elsewhere: true };
}
