import { HttpError } from "../error.ts";
import { type ByteRange, isUnchanged, parseRange, type Validators } from "../http/conditional.ts";
import type { Timing } from "../timing.ts";

/** A picture that is about to be answered, wherever it came from. */
export interface Content extends Validators {
  readonly mime: string;
  readonly sizeBytes: number;
  /** The whole, or one range of it. */
  readonly read: (range: ByteRange | undefined) => Promise<BodyInit>;
  /** Instead of `read`: lets go of a body that nobody wants, and of the connection that it comes by. */
  readonly discard: () => Promise<void>;
  /** What a browser names a saved copy. */
  readonly filename: string;
  readonly cacheControl: string;
  /** `edge`, `stored`, `made` or `shared`. */
  readonly origin: string;
}

/** 200, 206, 304 or 416, with every header of security.md E5 and E6. */
export async function respond(request: Request, content: Content, timing: Timing): Promise<Response> {
  const { etag, modified, sizeBytes } = content;
  const dated = modified && { "last-modified": modified.toUTCString() };
  const validators = { etag, ...dated, "cache-control": content.cacheControl };
  const about = { ...validators, "x-cache": content.origin, ...timed(timing) };
  if (isUnchanged(request.headers, content)) {
    await content.discard();
    return new Response(null, { status: 304, headers: about });
  }
  const range = rangeOf(request, content);
  if (range === "outside") {
    await content.discard();
    throw outside(sizeBytes);
  }
  const headers = { ...about, ...pictureHeaders(content), "accept-ranges": "bytes" };
  if (range === "whole") return whole(content, headers);
  const { first, last } = range;
  const part = { "content-range": `bytes ${first}-${last}/${sizeBytes}`, "content-length": String(last - first + 1) };
  return new Response(await content.read(range), { status: 206, headers: { ...headers, ...part } });
}

/** Only GET has ranges (RFC 9110 §14.2). */
const rangeOf = ({ method, headers }: Request, content: Content) =>
  method === "GET" ? parseRange(headers, content.sizeBytes, content) : "whole";

const whole = async (content: Content, headers: Record<string, string>): Promise<Response> =>
  new Response(await content.read(undefined), {
    headers: { ...headers, "content-length": String(content.sizeBytes) },
  });

const pictureHeaders = ({ mime, filename }: Content): Record<string, string> => ({
  "content-type": mime,
  "content-disposition": `inline; filename="${filename}"`,
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
});

function timed({ header }: Timing): Record<string, string> {
  const value = header();
  return value === "" ? {} : { "server-timing": value };
}

const outside = (size: number) =>
  new HttpError(416, "range_not_satisfiable", `Cannot serve that range: the picture has ${size} bytes`, {
    headers: { "content-range": `bytes */${size}` },
  });

/** `name` of a source reduced to what every file system takes, with the extension of the bytes it now names. */
export function safeFilename(name: string, extension: string): string {
  const last = name.split(/[?#]/)[0].split("/").at(-1) ?? "";
  const stem = last
    .replace(/\.[^.]*$/, "")
    .replace(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^[._]+/, "");
  return `${stem.slice(0, 99 - extension.length) || "image"}.${extension}`;
}
