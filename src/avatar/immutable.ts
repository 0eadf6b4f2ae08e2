import { HttpError } from "../error.ts";
import { cacheTag } from "./cache-tag.ts";
import type { Call } from "./call.ts";
import { toId } from "./identity.ts";
import type { RevisionRecord } from "./metadata/metadata-store.ts";
import { integerBetween, MAX_PX, parseFormat } from "./parameters.ts";
import { type Form, Replaced, showRevision } from "./rendition.ts";
import { show } from "./show.ts";
import { isAnimated, stillFormats } from "./show-avatar.ts";

const QUALITY = 80;

/** `GET /a/{id}/{rev}/{px}.{ext}`: one revision, which never changes, while it is the present one or kept. */
export async function immutable(call: Call): Promise<Response> {
  const { id: idText = "", rev = "", px: pxText = "", extension = "" } = call.params;
  const id = toId(idText);
  const px = /^0/.test(pxText) ? undefined : integerBetween(pxText, 1, MAX_PX);
  if (!id || px === undefined || !/^[0-9a-f]{16}$/.test(rev)) throw notFound();
  const revision = await call.avatars.metadata.findRevision(id, rev);
  const format = revision && formatOf(extension, px, revision, call);
  if (!format) throw notFound();
  const form: Form = { px, format, quality: QUALITY, radius: 0, background: undefined };
  const about = {
    cacheControl: "public, max-age=31536000, immutable",
    modified: new Date(revision.createdAt),
    name: id,
    headers: { "x-avatar-source": "upload", "cache-tag": cacheTag(id) },
  };
  return show(showRevision(revision, form, call), about, call).catch((thrown) => {
    throw thrown instanceof Replaced ? notFound() : thrown;
  });
}

function formatOf(extension: string, px: number, revision: RevisionRecord, call: Call): Form["format"] | undefined {
  const format = parseFormat(extension);
  if (format === "gif") return isAnimated(revision) ? format : undefined;
  return stillFormats({ px, radius: 0 }, call).find((possible) => possible === format);
}

const notFound = () => new HttpError(404, "not_found", "Cannot find this revision of the avatar");
