import type { App, Context } from "../app.ts";
import { logFailure } from "../log.ts";
import { createTiming } from "../timing.ts";
import type { Asked } from "./asked.ts";
import type { Stored } from "./lookup.ts";
import { make } from "./make.ts";
import { hasChanged } from "./source.ts";

/**
 * Looks behind the answer whether the source has changed since a derivative was made from it, and makes it anew if so:
 * this answer is the old picture, the next one the new. A source that has gone changes nothing, since whoever moves
 * originals away wants to keep what was made from them; what was deleted through us takes its derivatives with it.
 */
export function revalidate({ version, ours }: Stored, asked: Asked, app: App, context: Context): void {
  const { config, revalidations } = app;
  if (!ours || config.revalidateSeconds === undefined || !revalidations.allows(asked.key)) return;
  context.waitUntil(renew(version, asked, app, context));
}

async function renew(version: string, asked: Asked, app: App, context: Context): Promise<void> {
  // The client may leave once it has its answer.
  const lasting = { ...asked, asker: { ...asked.asker, signal: new AbortController().signal } };
  try {
    if (await hasChanged(asked.options.source, version, lasting.asker, app))
      await make({ ...lasting, options: { ...asked.options, force: true } }, app, context, createTiming());
  } catch (cause) {
    logFailure("source not looked at", cause);
  }
}
