import { HttpError } from "../error.ts";
import { isCleanText, parseSourceUrl, type SourcePolicy } from "./source-url.ts";

/** RFC 9110 §15.4: those that say where to look instead. */
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * The first answer that is no redirect. Each hop passes the rules for a source again (security.md S6, L13).
 * @throws HttpError 502 source_redirect for too many or unusable ones, 403 source_not_allowed for a refused target
 */
export async function followRedirects(
  start: URL,
  request: (url: URL) => Promise<Response>,
  policy: SourcePolicy,
  maxRedirects: number,
): Promise<Response> {
  let url = start;
  for (let hops = 0; ; hops++) {
    const response = await request(url);
    if (!REDIRECTS.includes(response.status)) return response;
    await response.body?.cancel();
    if (hops >= maxRedirects)
      throw new HttpError(502, "source_redirect", "Cannot follow the source: too many redirects");
    url = parseLocation(response.headers.get("location"), url, policy);
  }
}

function parseLocation(location: string | null, base: URL, policy: SourcePolicy): URL {
  const target = location && isCleanText(location) ? URL.parse(location, base.href) : null;
  try {
    if (target) return parseSourceUrl(target.href, policy);
  } catch (cause) {
    if (!(cause instanceof HttpError) || cause.status !== 400) throw cause;
  }
  throw new HttpError(502, "source_redirect", "Cannot follow the source: it redirects to no usable URL");
}
