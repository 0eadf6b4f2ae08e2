import type { App, Context } from "../app.ts";
import { logFailure } from "../log.ts";
import { removeChildren } from "./remove.ts";

/** What R2 tells a queue of each object that was written or deleted, as far as it matters here. */
export interface SourceEvent {
  readonly object: { readonly key: string };
}

/** Removes what was made from sources that changed in their bucket; what cannot be done now is told again later. */
export async function onSourceEvents(batch: MessageBatch<unknown>, app: App, context: Context): Promise<void> {
  for (const message of batch.messages)
    try {
      const path = pathOf(message.body, app);
      if (path !== undefined) await removeChildren(path, app, context);
      message.ack();
    } catch (cause) {
      logFailure("derivatives not removed", cause);
      message.retry();
    }
}

/** The path that the source is asked for by; absent for what lies outside of the source storage. */
function pathOf(event: unknown, { source, config }: App): string | undefined {
  const key = isSourceEvent(event) ? event.object.key : undefined;
  const before = source?.place.fullPath("") ?? "";
  if (!config.enable.sourceEvents || !key?.startsWith(before)) return undefined;
  return key.slice(before.length);
}

const isSourceEvent = (event: unknown): event is SourceEvent =>
  typeof event === "object" &&
  event !== null &&
  "object" in event &&
  typeof event.object === "object" &&
  event.object !== null &&
  "key" in event.object &&
  typeof event.object.key === "string";
