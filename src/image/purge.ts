import type { App, Context } from "../app.ts";
import { HttpError } from "../error.ts";
import { verifyWriter } from "./permission.ts";
import { removeChildren } from "./remove.ts";
import { parsePath } from "./source-path.ts";

/** `POST /purge?path=` or `?url=`: removes everything that was made from a source, which itself stays. */
export async function purge(request: Request, app: App, context: Context): Promise<Response> {
  await verifyWriter(request, app.config.enable.purge, app);
  const removed = await removeChildren(identityIn(new URL(request.url).searchParams), app, context);
  return Response.json({ data: { removed }, error: null }, { headers: { "cache-control": "no-store" } });
}

/** As `identityOf` a request. */
function identityIn(query: URLSearchParams): string {
  const [path, url] = [query.get("path"), query.get("url")];
  if ((path === null) === (url === null))
    throw new HttpError(400, "invalid_parameter", "Cannot purge: expected either path or url");
  return url ?? parsePath(path ?? "");
}
