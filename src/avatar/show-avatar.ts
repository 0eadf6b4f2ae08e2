import { immutablePath, publicAddress } from "./address.ts";
import { cacheTag } from "./cache-tag.ts";
import type { Call } from "./call.ts";
import { chooseFormat } from "./format.ts";
import type { AvatarRecord, RevisionRecord } from "./metadata/metadata-store.ts";
import type { ReadParameters } from "./parameters.ts";
import { type Form, showRevision } from "./rendition.ts";
import { show } from "./show.ts";

/** Where a picture came from, for `X-Avatar-Source`. */
export type Source = "upload" | "default" | "upstream";

/** Seconds that a picture may be kept which can be another one tomorrow, or was asked for as it is. */
export const CACHE_SECONDS = { current: 300, forced: 86_400 } as const;

/** The present picture of an avatar; as the site's default where the avatar stands in for another. */
export async function showAvatar(
  id: string,
  record: AvatarRecord,
  asked: ReadParameters,
  source: Source,
  call: Call,
): Promise<Response> {
  const form = formOf(record, asked, call);
  const canonical = immutablePath({ id, rev: record.rev, px: form.px, extension: form.format });
  const about = {
    cacheControl: `public, max-age=${asked.force ? CACHE_SECONDS.forced : CACHE_SECONDS.current}`,
    modified: source === "upload" ? new Date(record.updatedAt) : undefined,
    name: id,
    headers: {
      "x-avatar-source": source,
      "cache-tag": cacheTag(id),
      link: `<${publicAddress(canonical, call)}>; rel="canonical"`,
      ...varyOf(asked),
    },
  };
  return show(showRevision(record.revision, form, call), about, call);
}

/** Told even where the format stays the same, so that a cache never mixes clients up. */
export const varyOf = ({ format }: Pick<ReadParameters, "format">): { vary?: string } =>
  format === undefined ? { vary: "Accept" } : {};

function formOf(record: AvatarRecord, asked: ReadParameters, call: Call): Form {
  const { px, quality, radius, background } = asked;
  const own = record.type === "jpg" && radius === 0 ? "jpg" : "png";
  const possible: Form["format"][] = [
    ...stillFormats(asked, call),
    ...(isAnimated(record.revision) ? (["gif"] as const) : []),
  ];
  const format = chooseFormat(asked.format, call.request.headers.get("accept"), { own, possible });
  const flattened = format === "jpg" && record.type !== "jpg";
  return { px, format, quality, radius, background: flattened ? background : undefined };
}

/** What any picture can be shown as at that size; round corners need alpha. */
export const stillFormats = ({ px, radius }: Pick<ReadParameters, "px" | "radius">, { app, avatars }: Call) => {
  const formats: ("png" | "webp" | "jpg" | "avif")[] = ["png", "webp"];
  if (radius === 0) formats.push("jpg");
  if (avatars.config.avif && px * px <= app.config.limits.maxAvifPixels) formats.push("avif");
  return formats;
};

/** All frames of an animation are in the source that is kept of it. */
export const isAnimated = ({ sourceKey }: RevisionRecord): boolean => sourceKey?.endsWith(".gif") ?? false;
