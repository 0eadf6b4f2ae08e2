import type { App, Context } from "../app.ts";
import { HttpError } from "../error.ts";
import { createTiming } from "../timing.ts";
import { readAsked } from "./asked.ts";
import { deliver, discard } from "./deliver.ts";
import type { Made } from "./made.ts";

/** Where a derivative lies, once it certainly exists. */
interface Located {
  readonly key: string;
  readonly name: string;
  /** The storage's public address of it, else the URL that displays it. */
  readonly url: string;
}

async function locate(request: Request, route: string, app: App, context: Context): Promise<Located> {
  const url = new URL(request.url);
  const asked = await readAsked(request, route, app);
  const delivered = await deliver(asked, app, context, createTiming());
  if ("stored" in delivered) await discard(delivered.stored.object);
  const name = "stored" in delivered ? delivered.stored.name : storedName(delivered.made.value);
  return { key: asked.key, name, url: app.destination?.place.publicUrl(name) ?? displayUrl(url, route) };
}

/** picfit answers for objects that were never written; we do not. Something newer has the same name. */
function storedName({ kept, name }: Pick<Made, "kept" | "name">): string {
  if (kept !== "nowhere") return name;
  throw new HttpError(503, "storage_unavailable", "Cannot store the picture", { headers: { "retry-after": "5" } });
}

/** The same request, displayed: path, query and signature hold for every route. */
function displayUrl({ origin, pathname, search }: URL, route: string): string {
  return `${origin}/display${pathname.slice(route.length)}${search}`;
}

/** `GET /get`: where the picture is, as JSON. */
export async function get(request: Request, app: App, context: Context): Promise<Response> {
  const { key, name, url } = await locate(request, "/get", app, context);
  const path = app.destination?.place.fullPath(name) ?? name;
  const body = { filename: name.split("/").at(-1), key, path, url };
  return Response.json(body, { headers: jsonHeaders(app) });
}

/** `GET /redirect`: to the picture. */
export async function redirect(request: Request, app: App, context: Context): Promise<Response> {
  const { url } = await locate(request, "/redirect", app, context);
  return new Response(null, {
    status: app.config.redirectStatus,
    headers: { location: url, "cache-control": app.config.cacheControl },
  });
}

const jsonHeaders = ({ config }: App) => ({
  "content-type": "application/json; charset=utf-8",
  "cache-control": config.cacheControl,
});
