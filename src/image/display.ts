import type { App, Context } from "../app.ts";
import { respond } from "../picture/respond.ts";
import { createTiming } from "../timing.ts";
import { readAsked } from "./asked.ts";
import { contentOf, deliver } from "./deliver.ts";

/** `GET /display`: the picture itself. */
export async function display(request: Request, app: App, context: Context): Promise<Response> {
  const asked = await readAsked(request, "/display", app);
  const timing = createTiming();
  const delivered = await deliver(asked, app, context, timing);
  return respond(request, contentOf(delivered, asked, app), timing);
}
