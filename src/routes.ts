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
import { keptSource, revisions } from "./avatar/revisions.ts";
import { exists, redirect as redirectToAvatar } from "./avatar/seed.ts";
import { generated, styles } from "./avatar/styles.ts";
import { post, put } from "./avatar/write.ts";
import { display } from "./image/display.ts";
import { explain } from "./image/explain.ts";
import { get, redirect } from "./image/locate.ts";
import { purge } from "./image/purge.ts";
import { remove } from "./image/remove.ts";
import { sources } from "./image/sources.ts";
import { upload } from "./image/upload.ts";
import { metrics } from "./observe/metrics.ts";
import * as changing from "./openapi/avatar-changes.ts";
import * as avatar from "./openapi/avatars.ts";
import { documentOf } from "./openapi/document.ts";
import * as pictures from "./openapi/pictures.ts";
import type { RouteDoc } from "./openapi/route-doc.ts";
import * as service from "./openapi/service.ts";
import * as source from "./openapi/sources.ts";
import { asset, page } from "./pages.ts";
import { health, healthcheck, root, stats } from "./service.ts";

export type Handler = (request: Request, app: App, context: Context) => Promise<Response> | Response;

/** Method, pattern, handler, and what there is to say about it. A HEAD is answered as its GET. */
type Route<H> = readonly [method: string, pattern: string, handler: H, doc: RouteDoc];

/** Every route of the image half. */
export const ROUTES: readonly Route<Handler>[] = [
  ["GET", "/", root, service.root],
  ["GET", "/avatars", (request, app) => page("avatars", request, app), service.page],
  ["GET", "/assets/*", asset, service.asset],
  ["GET", "/display", display, pictures.display],
  ["GET", "/display/*", display, pictures.inPathForm(pictures.display)],
  ["GET", "/get", get, pictures.get],
  ["GET", "/get/*", get, pictures.inPathForm(pictures.get)],
  ["GET", "/redirect", redirect, pictures.redirect],
  ["GET", "/redirect/*", redirect, pictures.inPathForm(pictures.redirect)],
  ["GET", "/explain", explain, pictures.explain],
  ["GET", "/explain/*", explain, pictures.inPathForm(pictures.explain)],
  ["GET", "/sources", sources, source.listing],
  ["POST", "/upload", upload, source.upload],
  ["POST", "/purge", purge, source.purge],
  ["GET", "/openapi.json", openapi, service.openapi],
  ["GET", "/healthcheck", healthcheck, service.healthcheck],
  ["GET", "/metrics", metrics, service.metrics],
  ["GET", "/sys/stats", stats, service.stats],
  ["GET", "/sys/health", health, service.health],
  ["DELETE", "/*", remove, source.remove],
];

/** Hex digits of an MD5, SHA-1 or SHA-256: at the root, nothing else is an avatar's. */
const ID = "(?<id>[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})";

/** Every route of the avatar half, asked before the others; where that half is off, nobody answers them. */
export const AVATAR_ROUTES: readonly Route<AvatarHandler>[] = [
  ["HEAD", `/${ID}`, exists, avatar.exists],
  ["GET", `/${ID}`, redirectToAvatar, avatar.redirect],
  ["GET", `/${ID}/:second`, redirectToAvatar, avatar.redirect],
  ["GET", `/${ID}/:second/:third`, redirectToAvatar, avatar.redirect],
  ["POST", `/${ID}`, post, changing.upload],
  ["DELETE", `/${ID}`, removeAvatar, changing.remove],
  ["GET", `/${ID}.json`, profile, avatar.profile],
  ["GET", "/avatar", read, avatar.read],
  ["GET", "/avatar/:id", read, avatar.read],
  ["POST", "/avatar/:id", post, changing.upload],
  ["PUT", "/avatar/:id", put, changing.upload],
  ["DELETE", "/avatar/:id", removeAvatar, changing.remove],
  ["GET", "/a/:id/:rev/:px.:extension", immutable, avatar.immutable],
  ["GET", "/api", initialsApi, avatar.initials],
  ["GET", "/api/styles", styles, avatar.styles],
  ["GET", "/api/avatars", list, changing.listing],
  ["GET", "/api/avatars/:id", metadata, avatar.metadata],
  ["PUT", "/api/avatars/:id", put, changing.upload],
  ["PATCH", "/api/avatars/:id", change, changing.change],
  ["DELETE", "/api/avatars/:id", removeAvatar, changing.remove],
  ["POST", "/api/avatars/:id/ids", link, changing.link],
  ["GET", "/api/avatars/:id/revisions", revisions, changing.revisions],
  ["GET", "/api/avatars/:id/source", keptSource, changing.keptSource],
  ["GET", "/g/:style/:seed", generated, avatar.generated],
  ["GET", "/v3/profiles/:id", profileV3, avatar.profileV3],
];

/** `GET /openapi.json`: the tables above, for programs. */
function openapi(): Response {
  written ??= JSON.stringify(documentOf([...AVATAR_ROUTES, ...ROUTES]));
  return new Response(written, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}

/** The document is the same as long as the code is. */
let written: string | undefined;
