import { createApp } from "./create-app.ts";
import { finish, requestIdOf } from "./http/headers.ts";
import { checkUrl } from "./http/path.ts";
import { toResponse } from "./http/problem.ts";
import { refuseLoop } from "./remote/via.ts";
import { route } from "./routes.ts";
import type { Env } from "./var.ts";

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
      return finish(response, request, requestId, app.config.cors);
    } catch (thrown) {
      return finish(toResponse(thrown, request, requestId), request, requestId, undefined);
    }
  },
} satisfies ExportedHandler<Env>;
