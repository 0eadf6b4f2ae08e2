import type { IRequest } from "itty-router";
import { Router } from "itty-router/Router";
import type { App, Context } from "./app.ts";
import { HttpError } from "./error.ts";
import { preflight } from "./http/cors.ts";
import { display } from "./image/display.ts";
import { get, redirect } from "./image/locate.ts";
import { purge } from "./image/purge.ts";
import { remove } from "./image/remove.ts";
import { upload } from "./image/upload.ts";
import { health, healthcheck, root, stats } from "./service.ts";

type Handler = (request: Request, app: App, context: Context) => Promise<Response> | Response;

/** Every route. A HEAD is answered as its GET. */
const ROUTES: readonly (readonly [method: string, pattern: string, handler: Handler])[] = [
  ["GET", "/", root],
  ["GET", "/display", display],
  ["GET", "/display/*", display],
  ["GET", "/get", get],
  ["GET", "/get/*", get],
  ["GET", "/redirect", redirect],
  ["GET", "/redirect/*", redirect],
  ["POST", "/upload", upload],
  ["POST", "/purge", purge],
  ["GET", "/healthcheck", healthcheck],
  ["GET", "/sys/stats", stats],
  ["GET", "/sys/health", health],
  ["DELETE", "/*", remove],
];

const methodOf = ({ method }: Request): string => (method === "HEAD" ? "GET" : method);

const router = Router<IRequest, [App, Context]>();
for (const [method, pattern, handler] of ROUTES)
  router.all(pattern, (request: Request, app, context) => {
    allowedMethods.get(request)?.push(method);
    return method === methodOf(request) ? handler(request, app, context) : undefined;
  });

/** Methods of the routes that a request's path matched, for `Allow`. */
const allowedMethods = new WeakMap<Request, string[]>();

/** @throws HttpError 404 not_found, 405 method_not_allowed, and whatever the handler throws */
export async function route(request: Request, app: App, context: Context): Promise<Response> {
  const allowed: string[] = [];
  allowedMethods.set(request, allowed);
  const response: Response | undefined = await router.fetch(request, app, context);
  if (response) return response;
  const methods = allowed.filter((method) => method !== "DELETE" || app.config.enable.delete);
  const onlyDeletable = methodOf(request) === "GET" && methods.every((method) => method === "DELETE");
  if (methods.length === 0 || onlyDeletable) throw new HttpError(404, "not_found", "404 page not found");
  const allow = [
    ...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : method))),
    "OPTIONS",
  ].join(", ");
  if (request.method === "OPTIONS") return preflight(request, app.config.cors, allow);
  throw new HttpError(405, "method_not_allowed", `Cannot ${request.method} here: expected ${allow}`, {
    headers: { allow },
  });
}
