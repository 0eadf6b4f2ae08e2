import type { CorsSection } from "../env.ts";

/** Headers that let a page of `origin` read the answer; `Vary` is set even for strangers, for the sake of caches. */
export function corsHeaders(request: Request, cors: CorsSection | undefined): Record<string, string> {
  if (!cors) return {};
  if (cors.origins.includes("*")) return { "access-control-allow-origin": "*", ...exposed };
  const origin = request.headers.get("origin") ?? "";
  const known = cors.origins.some((pattern) => matchesOrigin(pattern, origin));
  return known ? { vary: "Origin", "access-control-allow-origin": origin, ...exposed } : { vary: "Origin" };
}

const exposed = {
  "access-control-expose-headers": "ETag, Location, X-Avatar-Source, X-Cache, X-Request-Id, Server-Timing",
};

/** `https://a.example` is that origin; `*.example` any host below it; a bare host that host, by http or https. */
export function matchesOrigin(pattern: string, origin: string): boolean {
  const { scheme, host } = splitOrigin(pattern);
  const given = splitOrigin(origin);
  if (given.scheme === undefined || (scheme !== undefined && scheme !== given.scheme)) return false;
  return host.startsWith("*.")
    ? given.host.endsWith(host.slice(1)) && given.host.length > host.length - 1
    : host === given.host;
}

function splitOrigin(text: string): { readonly scheme: string | undefined; readonly host: string } {
  const match = /^(https?):\/\/([^/]+)$/.exec(text.toLowerCase());
  return match ? { scheme: match[1], host: match[2] } : { scheme: undefined, host: text.toLowerCase() };
}

/** The answer to a preflight (Fetch §3.2.2). */
export function preflight(request: Request, cors: CorsSection | undefined, allow: string): Response {
  const headers = new Headers({ allow, ...corsHeaders(request, cors) });
  if (cors && headers.has("access-control-allow-origin")) {
    headers.set("access-control-allow-methods", cors.methods.join(", "));
    if (cors.headers.length > 0) headers.set("access-control-allow-headers", cors.headers.join(", "));
    headers.set("access-control-max-age", "86400");
  }
  return new Response(undefined, { status: 204, headers });
}
