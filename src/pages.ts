import type { App } from "./app.ts";
import { HttpError } from "./error.ts";
import { namesType } from "./http/accept.ts";

/** Where the pages for browsers are; absent: there are none. */
export type Pages = Pick<Fetcher, "fetch">;

/**
 * Everything that a page does comes from here, pictures by an address of their owner's choice excepted. Pictures are
 * shown from `blob:` before they are sent. What frames the page could make a person click in it.
 */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** True where a browser asks to show a page, not a program for data. */
export const wantsPage = (request: Request): boolean => namesType(request.headers.get("accept"), "text/html");

/** A page of `web/`, by the name of its folder. */
export async function page(name: string, request: Request, { pages }: App): Promise<Response> {
  const response = await fetchAsset(`/${name}.html`, request, pages);
  return withHeaders(response, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    "content-security-policy": POLICY,
    vary: "Accept",
  });
}

/** `GET /assets/*`: what pages are made of. Names carry a digest, so they may be kept for ever. */
export async function asset(request: Request, { pages }: App): Promise<Response> {
  const { pathname } = new URL(request.url);
  const mime = ASSET_TYPES.find(([ending]) => pathname.endsWith(ending))?.[1];
  const response = await fetchAsset(pathname, request, pages);
  return withHeaders(response, {
    ...(mime && { "content-type": mime }),
    "cache-control": "public, max-age=31536000, immutable",
  });
}

/** A folder on disk does not tell types, and browsers run no script without one. */
const ASSET_TYPES = [
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
] as const;

async function fetchAsset(path: string, request: Request, pages: Pages | undefined): Promise<Response> {
  const headers = ["if-none-match", "accept-encoding"].flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  const response = await pages?.fetch(new URL(path, request.url), { headers });
  if (response && (response.ok || response.status === 304)) return response;
  response?.body?.cancel().catch(() => undefined);
  throw new HttpError(404, "not_found", "Cannot find this page");
}

function withHeaders(response: Response, given: Readonly<Record<string, string>>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(given)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}
