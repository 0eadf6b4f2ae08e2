import type { DrawRequest } from "../drawing/style.ts";
import { HttpError } from "../error.ts";
import type { Call } from "./call.ts";
import { type Drawing, showDrawing } from "./drawing.ts";
import { type Fallback, firstFallback } from "./fallback.ts";
import { chooseFormat } from "./format.ts";
import { DEFAULT_IMAGE_ID } from "./identity.ts";
import type { ReadParameters } from "./parameters.ts";
import type { Subject } from "./read.ts";
import { show } from "./show.ts";
import { CACHE_SECONDS, showAvatar, stillFormats, varyOf } from "./show-avatar.ts";

/** What stands in for an avatar: what was asked for, else the site's own picture, else what is configured. */
export async function showFallback(
  subject: Subject,
  storedName: string | undefined,
  asked: ReadParameters,
  call: Call,
): Promise<Response> {
  const { config, metadata } = call.avatars;
  const request = drawRequest(subject.text, storedName, asked);
  const chosen = firstFallback(asked.fallbacks, request, config.defaultUrls);
  if (chosen) return answer(chosen, subject, asked, call);
  const site = await metadata.find(DEFAULT_IMAGE_ID);
  if (site) return showAvatar(DEFAULT_IMAGE_ID, site, asked, "default", call);
  const fallback = firstFallback([...config.defaultAvatar, "mp"], request, config.defaultUrls);
  return answer(fallback ?? { kind: "nothing" }, subject, asked, call);
}

/** What a style is told: its seed, and whatever else the reader or the avatar says. */
export function drawRequest(seed: string, storedName: string | undefined, asked: ReadParameters): DrawRequest {
  const { letters, name, length, uppercase } = asked.initials;
  const { background, foreground } = asked;
  return { seed, name: name ?? storedName, initials: letters, length, uppercase, background, foreground };
}

async function answer(fallback: Fallback, { text }: Subject, asked: ReadParameters, call: Call): Promise<Response> {
  const cacheControl = `public, max-age=${asked.force ? CACHE_SECONDS.forced : CACHE_SECONDS.current}`;
  if (fallback.kind === "nothing") throw new HttpError(404, "not_found", "Cannot find an avatar for this id");
  if (fallback.kind === "elsewhere")
    return new Response(null, { status: 302, headers: { location: fallback.url, "cache-control": cacheControl } });
  return answerDrawing(fallback.drawing, text, asked, cacheControl, call);
}

/** A generated picture; PNG unless another format is named. */
export async function answerDrawing(
  drawing: Drawing,
  name: string,
  asked: ReadParameters,
  cacheControl: string,
  call: Call,
): Promise<Response> {
  const { px, quality, radius } = asked;
  const possible = [...stillFormats(asked, call), ...(drawing.style.svg && radius === 0 ? (["svg"] as const) : [])];
  const format = chooseFormat(asked.format, call.request.headers.get("accept"), { own: "png", possible });
  const headers = { "x-avatar-source": "default", ...varyOf(asked) };
  const about = { cacheControl, modified: undefined, name, headers };
  return show(await showDrawing(drawing, { px, quality, radius, format }, call), about, call);
}
