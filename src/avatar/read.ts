import { decodePath } from "../http/path.ts";
import { storageUnavailable } from "../storage/failure.ts";
import { cacheTag } from "./cache-tag.ts";
import type { Call } from "./call.ts";
import { toId } from "./identity.ts";
import { isAllowed, parseFormat, type ReadParameters, readParameters } from "./parameters.ts";
import { Replaced } from "./rendition.ts";
import { showAvatar } from "./show-avatar.ts";
import { showFallback } from "./show-fallback.ts";
import { showUpstream } from "./upstream.ts";

/** Whom a picture is asked of: an id, or any other text, which has no avatar. */
export interface Subject {
  /** In lower case; what pictures are generated from. */
  readonly text: string;
  readonly id: ReturnType<typeof toId>;
}

/** Uploads that may come between finding an avatar and reading it; more than that at once is no accident. */
const MAX_ATTEMPTS = 8;

/** `GET /avatar/{id}[.ext]`: the avatar, or what stands in for it. As Gravatar and Libravatar answer. */
export async function read(call: Call): Promise<Response> {
  const { name, extension } = splitExtension(decodePath(call.params.id ?? ""));
  const subject = { text: name.toLowerCase(), id: toId(name) };
  const asked = readParameters(call.url.searchParams, extension);
  const response = await untilCurrent(() => readOnce(subject, asked, call));
  if (subject.id) response.headers.set("cache-tag", cacheTag(subject.id, response.headers.get("cache-tag")));
  return response;
}

/** Only what names a format is an extension: other text may have dots of its own. */
export function splitExtension(text: string): { readonly name: string; readonly extension: string | undefined } {
  const at = text.lastIndexOf(".");
  const extension = at < 0 ? undefined : text.slice(at + 1);
  const isFormat = parseFormat(extension) !== undefined || toId(text.slice(0, Math.max(0, at))) !== undefined;
  return isFormat ? { name: text.slice(0, at), extension } : { name: text, extension: undefined };
}

/** Asks anew while the avatar is replaced under the reader's hands: what is shown is always one upload, whole. */
async function untilCurrent(readAgain: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readAgain();
    } catch (thrown) {
      if (!(thrown instanceof Replaced)) throw thrown;
      if (attempt === MAX_ATTEMPTS) throw storageUnavailable(thrown);
    }
  }
}

async function readOnce(subject: Subject, asked: ReadParameters, call: Call): Promise<Response> {
  const { id } = subject;
  const record = id && (await call.avatars.metadata.find(id));
  if (id && !asked.force) {
    if (record && isAllowed(record.rating, asked.rating)) return showAvatar(id, record, asked, "upload", call);
    const elsewhere = record ? undefined : await showUpstream(id, asked, call);
    if (elsewhere) return elsewhere;
  }
  return showFallback(subject, record?.name, asked, call);
}
