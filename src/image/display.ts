import type { App, Context } from "../app.ts";
import { respond } from "../picture/respond.ts";
import { createTiming } from "../timing.ts";
import { type Asked, readAsked } from "./asked.ts";
import { contentOf, deliver } from "./deliver.ts";
import { cachedPictures, canonicalRequest } from "./workers-cache.ts";

/** `GET /display`: the picture itself. */
export async function display(request: Request, app: App, context: Context): Promise<Response> {
  const asked = await readAsked(request, "/display", app);
  const cached = asked.options.force ? undefined : cachedPictures(app, context);
  return cached ? cached.fetch(canonicalRequest(asked, request)) : show(asked, request, app, context);
}

/** A picture that may be asked for. */
export async function show(asked: Asked, request: Request, app: App, context: Context): Promise<Response> {
  const timing = createTiming();
  const delivered = await deliver(asked, app, context, timing);
  return respond(request, contentOf(delivered, asked, app), timing);
}
