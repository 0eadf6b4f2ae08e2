import type { App, Context } from "./app.ts";
import { sweep } from "./avatar/sweep.ts";
import { createApp } from "./create-app.ts";
import { finish, requestIdOf } from "./http/headers.ts";
import { checkUrl } from "./http/path.ts";
import { toResponse } from "./http/problem.ts";
import { onSourceEvents } from "./image/source-events.ts";
import { observationOf } from "./observe/observation.ts";
import { logRequest } from "./observe/request-log.ts";
import { systemClock } from "./platform/clock.ts";
import { refuseLoop } from "./remote/via.ts";
import { corsOf, route, routeOf } from "./router.ts";
import type { Env } from "./var.ts";

/** An isolate that was first asked by a queue or the clock has no host of its own yet. */
const NO_HOST = "edgefit.invalid";

export { CachedPictures } from "./cached-pictures.ts";
export { DerivativeLease } from "./lease/derivative-lease.ts";

export default {
  /** Every answer leaves through here, and so does every failure. */
  async fetch(request, env, context) {
    const [requestId, cameMs] = [requestIdOf(request), systemClock.now()];
    const { app, response, thrown } = await answer(request, env, context, requestId);
    const ms = systemClock.now() - cameMs;
    const observation = observationOf({ request, response, thrown, requestId, route: routeOf(request), ms });
    if (app) app.observe(observation, context);
    else logRequest(observation, "errors");
    return finish(response, request, requestId, app && corsOf(request, app));
  },

  /** What R2 tells of changes in the bucket of sources. */
  async queue(batch, env, context) {
    await onSourceEvents(batch, createApp(env, NO_HOST), context);
  },

  /** What was left behind is removed. */
  async scheduled(_event, env) {
    const { avatars } = createApp(env, NO_HOST);
    if (avatars) await sweep(avatars);
  },
} satisfies ExportedHandler<Env>;

interface Answer {
  /** Absent where the configuration is broken. */
  readonly app?: App;
  readonly response: Response;
  /** What it was made of, where it is a refusal. */
  readonly thrown?: unknown;
}

async function answer(request: Request, env: Env, context: Context, requestId: string): Promise<Answer> {
  const { host } = new URL(request.url);
  let app: App | undefined;
  try {
    app = createApp(env, host);
    refuseLoop(request.headers, [host, app.viaToken]);
    checkUrl(request.url, app.config.limits.maxUrlBytes);
    return { app, response: await route(request, app, context) };
  } catch (thrown) {
    return { ...(app && { app }), response: toResponse(thrown, request, requestId), thrown };
  }
}
