import { findStyle, STYLES } from "../drawing/styles.ts";
import { HttpError } from "../error.ts";
import { decodePath } from "../http/path.ts";
import type { Call } from "./call.ts";
import { firstFallback } from "./fallback.ts";
import { toId } from "./identity.ts";
import { readParameters } from "./parameters.ts";
import { splitExtension } from "./read.ts";
import { CACHE_SECONDS } from "./show-avatar.ts";
import { answerDrawing, drawRequest } from "./show-fallback.ts";

/** `GET /api/styles`: what `d` may say, and on which terms the drawings may be used. */
export function styles(): Response {
  const data = STYLES.map(({ name, aliases, deterministic, svg, licence }) => ({
    ...{ name, aliases, deterministic, svg, licence },
  }));
  return Response.json({ data, error: null }, { headers: { "cache-control": "public, max-age=300" } });
}

/** `GET /g/{style}/{seed}[.ext]`: a picture drawn from any text, which is the name too where none is given. */
export async function generated(call: Call): Promise<Response> {
  const { name, extension } = splitExtension(decodePath(call.params.seed ?? ""));
  const style = findStyle(decodePath(call.params.style ?? ""));
  if (!style) throw new HttpError(404, "not_found", "Cannot find a style of that name");
  const asked = readParameters(call.url.searchParams, extension);
  const chosen = firstFallback([style.name], drawRequest(toId(name) ?? name, name, asked), []);
  if (chosen?.kind !== "drawing") throw new HttpError(404, "not_found", "Cannot draw this in that style");
  return answerDrawing(chosen.drawing, name, asked, `public, max-age=${CACHE_SECONDS.forced}`, call);
}
