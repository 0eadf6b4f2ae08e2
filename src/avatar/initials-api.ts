import type { Call } from "./call.ts";
import { firstFallback } from "./fallback.ts";
import { parseHexColour, parsePx, type ReadParameters, readParameters } from "./parameters.ts";
import { CACHE_SECONDS } from "./show-avatar.ts";
import { answerDrawing, drawRequest } from "./show-fallback.ts";

const DEFAULT_NAME = "John Doe";
const DEFAULT_SIZE = "64";

/** `GET /api/?name=`: initials, asked for as UI-Avatars is. */
export async function initialsApi(call: Call): Promise<Response> {
  const query = call.url.searchParams;
  const name = query.get("name") || DEFAULT_NAME;
  const asked = translated(query);
  const request = { ...drawRequest(name, name, asked), bold: isYes(query.get("bold")) };
  const chosen = firstFallback(["initials"], request, []);
  if (chosen?.kind !== "drawing") throw new Error("Initials, or else an identicon, can always be drawn");
  return answerDrawing(chosen.drawing, "initials", asked, `public, max-age=${CACHE_SECONDS.forced}`, call);
}

/** Its names for our parameters; a colour of `random` is the name's own. */
function translated(query: URLSearchParams): ReadParameters {
  const colour = (name: string) => parseHexColour(query.get(name)?.replace(/^#/, ""));
  return {
    ...readParameters(query, undefined),
    px: parsePx(query.get("size") ?? DEFAULT_SIZE),
    background: colour("background"),
    foreground: colour("color"),
    radius: isYes(query.get("rounded")) ? 50 : 0,
  };
}

const isYes = (text: string | null): boolean => ["true", "1", "yes"].includes(text?.toLowerCase() ?? "");
