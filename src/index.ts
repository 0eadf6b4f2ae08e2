import { sweep } from "./avatar/sweep.ts";
import { createApp } from "./create-app.ts";
import { finish, requestIdOf } from "./http/headers.ts";
import { checkUrl } from "./http/path.ts";
import { toResponse } from "./http/problem.ts";
import { onSourceEvents } from "./image/source-events.ts";
import { refuseLoop } from "./remote/via.ts";
import { corsOf, route } from "./routes.ts";
import type { Env } from "./var.ts";

/** An isolate that was first asked by a queue or the clock has no host of its own yet. */
const NO_HOST = "edgefit.invalid";

export { CachedPictures } from "./cached-pictures.ts";
export { DerivativeLease } from "./lease/derivative-lease.ts";

export default {
  /** Every answer leaves through here, and so does every failure. */
  async fetch(request, env, context) {
    const requestId = requestIdOf(request);
    try {
      const { host } = new URL(request.url);
      const app = createApp(env, host);
      refuseLoop(request.headers, [host, app.viaToken]);
      checkUrl(request.url, app.config.limits.maxUrlBytes);
      const response = await route(request, app, context).catch((thrown) => toResponse(thrown, request, requestId));
      app.counters.count(response.status);
      return finish(response, request, requestId, corsOf(request, app));
    } catch (thrown) {
      return finish(toResponse(thrown, request, requestId), request, requestId, undefined);
    }
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
