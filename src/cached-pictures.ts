import { WorkerEntrypoint } from "cloudflare:workers";
import type { App } from "./app.ts";
import { createApp } from "./create-app.ts";
import { HttpError } from "./error.ts";
import { requestIdOf } from "./http/headers.ts";
import { toResponse } from "./http/problem.ts";
import { askedBy } from "./image/asked.ts";
import { show } from "./image/display.ts";
import { identityOf } from "./image/key.ts";
import { readParameters } from "./image/parameters.ts";
import { type CachedPictures as Port, sourceTag } from "./image/workers-cache.ts";
import type { Env } from "./var.ts";

/**
 * What stands behind Workers Cache where that is on (docs/deploy.md): pictures of requests that `display` has verified
 * and spelt its own way. No route leads here; a binding of another Worker could.
 */
export class CachedPictures extends WorkerEntrypoint<Env> implements Port {
  override async fetch(request: Request): Promise<Response> {
    const { host, searchParams } = new URL(request.url);
    try {
      const app = createApp(this.env, host);
      if (app.config.workersCacheSeconds === undefined) throw new HttpError(404, "not_found", "404 page not found");
      const asked = await askedBy(readParameters("", searchParams, app.config.limits), request, app);
      const response = await show(asked, request, app, this.ctx);
      return cacheable(response, await sourceTag(identityOf(asked.options.source)), app);
    } catch (thrown) {
      return toResponse(thrown, request, requestIdOf(request));
    }
  }

  async purge(tags: readonly string[]): Promise<void> {
    const result = await this.ctx.cache?.purge({ tags: [...tags] });
    if (result?.success === false) throw new Error(result.errors.map(({ message }) => message).join("; "));
  }
}

/** What is said of one answer only would be said again of every copy. */
const OF_ONE_ANSWER = ["x-cache", "server-timing"];

/** Clients may keep a picture for ever; the cache asks again, so that a source that changed is noticed. */
function cacheable({ body, status, headers: given }: Response, tag: string, { config }: App): Response {
  const headers = new Headers(given);
  for (const name of OF_ONE_ANSWER) headers.delete(name);
  headers.set("cache-tag", tag);
  if (headers.get("cache-control") === config.cacheControl)
    headers.set("cloudflare-cdn-cache-control", `max-age=${config.workersCacheSeconds}`);
  return new Response(body, { status, headers });
}
