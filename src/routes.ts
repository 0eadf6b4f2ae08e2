import type { IRequest } from "itty-router";
import { Router } from "itty-router/Router";
import type { App, Context } from "./app.ts";
import type { AvatarHandler } from "./avatar/call.ts";
import { change } from "./avatar/change.ts";
import { immutable } from "./avatar/immutable.ts";
import { initialsApi } from "./avatar/initials-api.ts";
import { link } from "./avatar/link.ts";
import { list } from "./avatar/list.ts";
import { metadata } from "./avatar/metadata.ts";
import { profile, profileV3 } from "./avatar/profile.ts";
import { read } from "./avatar/read.ts";
import { remove as removeAvatar } from "./avatar/remove.ts";
import { exists, redirect as redirectToAvatar } from "./avatar/seed.ts";
import { generated, styles } from "./avatar/styles.ts";
import { post, put } from "./avatar/write.ts";
import type { CorsSection } from "./env.ts";
import { HttpError } from "./error.ts";
import { preflight } from "./http/cors.ts";
import { display } from "./image/display.ts";
import { explain } from "./image/explain.ts";
import { get, redirect } from "./image/locate.ts";
import { purge } from "./image/purge.ts";
import { remove } from "./image/remove.ts";
import { sources } from "./image/sources.ts";
import { upload } from "./image/upload.ts";
import { asset, page } from "./pages.ts";
import { health, healthcheck, root, stats } from "./service.ts";

type Handler = (request: Request, app: App, context: Context) => Promise<Response> | Response;

/** Every route of the image half. A HEAD is answered as its GET. */
const ROUTES: readonly (readonly [method: string, pattern: string, handler: Handler])[] = [
  ["GET", "/", root],
  ["GET", "/avatars", (request, app) => page("avatars", request, app)],
  ["GET", "/assets/*", asset],
  ["GET", "/display", display],
  ["GET", "/display/*", display],
  ["GET", "/get", get],
  ["GET", "/get/*", get],
  ["GET", "/redirect", redirect],
  ["GET", "/redirect/*", redirect],
  ["GET", "/explain", explain],
  ["GET", "/explain/*", explain],
  ["GET", "/sources", sources],
  ["POST", "/upload", upload],
  ["POST", "/purge", purge],
  ["GET", "/healthcheck", healthcheck],
  ["GET", "/sys/stats", stats],
  ["GET", "/sys/health", health],
  ["DELETE", "/*", remove],
];

/** Hex digits of an MD5, SHA-1 or SHA-256: at the root, nothing else is an avatar's. */
const ID = "(?<id>[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})";

/** Every route of the avatar half, asked before the others; where that half is off, nobody answers them. */
const AVATAR_ROUTES: readonly (readonly [method: string, pattern: string, handler: AvatarHandler])[] = [
  ["HEAD", `/${ID}`, exists],
  ["GET", `/${ID}`, redirectToAvatar],
  ["GET", `/${ID}/:second`, redirectToAvatar],
  ["GET", `/${ID}/:second/:third`, redirectToAvatar],
  ["POST", `/${ID}`, post],
  ["DELETE", `/${ID}`, removeAvatar],
  ["GET", `/${ID}.json`, profile],
  ["GET", "/avatar", read],
  ["GET", "/avatar/:id", read],
  ["POST", "/avatar/:id", post],
  ["PUT", "/avatar/:id", put],
  ["DELETE", "/avatar/:id", removeAvatar],
  ["GET", "/a/:id/:rev/:px.:extension", immutable],
  ["GET", "/api", initialsApi],
  ["GET", "/api/styles", styles],
  ["GET", "/api/avatars", list],
  ["GET", "/api/avatars/:id", metadata],
  ["PUT", "/api/avatars/:id", put],
  ["PATCH", "/api/avatars/:id", change],
  ["DELETE", "/api/avatars/:id", removeAvatar],
  ["POST", "/api/avatars/:id/ids", link],
  ["GET", "/g/:style/:seed", generated],
  ["GET", "/v3/profiles/:id", profileV3],
];

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
