import type { IRequest } from "itty-router";
import { Router } from "itty-router/Router";
import type { App, Context } from "./app.ts";
import type { CorsSection } from "./env.ts";
import { HttpError } from "./error.ts";
import { preflight } from "./http/cors.ts";
import { AVATAR_ROUTES, ROUTES } from "./routes.ts";

/** Methods of the routes that a request's path matched, for `Allow`. */
interface Matched {
  readonly image: string[];
  readonly avatar: string[];
}

const matched = new WeakMap<Request, Matched>();

const isMethod = (method: string, { method: given }: Request): boolean =>
  method === given || (method === "GET" && given === "HEAD");

const router = Router<IRequest, [App, Context]>();
for (const [method, pattern, handler] of AVATAR_ROUTES)
  router.all(pattern, (request: IRequest & Request, app, context) => {
    if (!app.avatars) return undefined;
    matched.get(request)?.avatar.push(method);
    if (!isMethod(method, request)) return undefined;
    const { avatars } = app;
    return handler({ request, url: new URL(request.url), params: request.params, app, avatars, context });
  });
for (const [method, pattern, handler] of ROUTES)
  router.all(pattern, (request: Request, app, context) => {
    matched.get(request)?.image.push(method);
    return isMethod(method, request) ? handler(request, app, context) : undefined;
  });

/** Pages of any site may ask for avatars. */
const AVATAR_CORS: CorsSection = {
  origins: ["*"],
  methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  headers: ["Authorization", "Content-Type", "Cache-Control", "If-Match", "If-None-Match"],
};

/** Which pages may read the answer to a request that was routed. */
export const corsOf = (request: Request, app: App): CorsSection | undefined =>
  matched.get(request)?.avatar.length ? AVATAR_CORS : app.config.cors;

/** @throws HttpError 404 not_found, 405 method_not_allowed, and whatever the handler throws */
export async function route(request: Request, app: App, context: Context): Promise<Response> {
  const known: Matched = { image: [], avatar: [] };
  matched.set(request, known);
  const response: Response | undefined = await router.fetch(request, app, context);
  if (response) return response;
  const allow = allowOf(request, known, app);
  if (request.method === "OPTIONS") return preflight(request, corsOf(request, app), allow);
  throw new HttpError(405, "method_not_allowed", `Cannot ${request.method} here: expected ${allow}`, {
    headers: { allow },
  });
}

/** @throws HttpError 404 not_found where the path has no method but that of deleting any path */
function allowOf(request: Request, { image, avatar }: Matched, { config }: App): string {
  const methods = [...avatar, ...image.filter((method) => method !== "DELETE" || config.enable.delete)];
  const onlyDeletable = isMethod("GET", request) && methods.every((method) => method === "DELETE");
  if (methods.length === 0 || onlyDeletable) throw new HttpError(404, "not_found", "404 page not found");
  return [...new Set([...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : method)), "OPTIONS"])].join(
    ", ",
  );
}
