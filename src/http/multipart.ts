import { HttpError } from "../error.ts";

/** One part of a `multipart/form-data` body (RFC 7578). */
export interface Part {
  readonly name: string;
  /** As the client sent it; absent where the part is no file. */
  readonly filename: string | undefined;
  readonly bytes: Uint8Array;
}

/** security.md L16 */
const MAX_PARTS = 16;
const MAX_HEADER_BYTES = 8_192;

const refuse = (reason: string): never => {
  throw new HttpError(400, "invalid_parameter", `Cannot read the form: ${reason}`);
};

/** @throws HttpError 400 invalid_parameter */
export function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? refuse("expected a boundary in Content-Type");
}

/** @throws HttpError 400 invalid_parameter */
export function parseMultipart(body: Uint8Array, boundary: string): Part[] {
  const marks = boundaryOffsets(body, ascii(`--${boundary}`));
  const parts: Part[] = [];
  for (let index = 0; index < marks.length - 1; index++) {
    if (parts.length === MAX_PARTS) refuse(`expected at most ${MAX_PARTS} parts`);
    parts.push(parsePart(body.subarray(marks[index].end, marks[index + 1].start)));
  }
  if (!marks.at(-1)?.closing) refuse("expected a closing boundary");
  return parts;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly closing: boolean;
}

/** Boundaries stand at the start of the body or of a line; the last one ends in two hyphens. */
function boundaryOffsets(body: Uint8Array, boundary: Uint8Array): Mark[] {
  const marks: Mark[] = [];
  for (let at = indexOf(body, boundary, 0); at >= 0; at = indexOf(body, boundary, at + boundary.length)) {
    const after = at + boundary.length;
    const lineStart = at === 0 || (body[at - 2] === 13 && body[at - 1] === 10);
    const closing = body[after] === 45 && body[after + 1] === 45;
    if (!lineStart || !(closing || (body[after] === 13 && body[after + 1] === 10))) continue;
    marks.push({ start: Math.max(0, at - 2), end: after + 2, closing });
    if (closing || marks.length > MAX_PARTS + 1) break;
  }
  return marks;
}

const HEADER_END = Uint8Array.of(13, 10, 13, 10);

function parsePart(part: Uint8Array): Part {
  const end = indexOf(part.subarray(0, MAX_HEADER_BYTES + HEADER_END.length), HEADER_END, 0);
  if (end < 0) return refuse(`expected part headers of at most ${MAX_HEADER_BYTES} bytes`);
  const attributes = attributesOf(new TextDecoder().decode(part.subarray(0, end)));
  const name = attributes.get("name");
  if (name === undefined) return refuse("expected a name in each part");
  const filename = extended(attributes.get("filename*")) ?? attributes.get("filename");
  return { name, filename, bytes: part.subarray(end + HEADER_END.length) };
}

const DISPOSITION = /^content-disposition:[ \t]*form-data[ \t]*(;[^\r\n]*)$/im;

/** `; name=value`: the value in quotes, or a bare word, as .NET sends it (RFC 9110 §5.6.6). */
const ATTRIBUTE = /;[ \t]*([\w-]+\*?)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;

/** What a part's headers say of its name, by lower-case names; of one that repeats the first. */
function attributesOf(headers: string): ReadonlyMap<string, string> {
  const [, disposition = ""] = DISPOSITION.exec(headers) ?? [];
  const attributes = [...disposition.matchAll(ATTRIBUTE)].map(
    ([, name, quoted, bare]) => [name.toLowerCase(), bare ?? unquoted(quoted)] as const,
  );
  return new Map(attributes.toReversed());
}

/** Browsers write `"` and line ends as percent escapes (WHATWG HTML, multipart encoding), others `"` behind a `\`. */
const unquoted = (text: string): string =>
  text
    .replace(/\\(["\\])/g, "$1")
    .replaceAll("%22", '"')
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n");

/** A value of RFC 8187 in UTF-8: what stands beside it is then a stopgap for those that cannot read it. */
function extended(value: string | undefined): string | undefined {
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(value ?? "") ?? [];
  try {
    return encoded && decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** First offset of `needle` in `bytes` at or after `from`, or -1. */
function indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(needle[0], from); at >= 0; at = bytes.indexOf(needle[0], at + 1)) {
    if (at + needle.length > bytes.length) return -1;
    let matched = 1;
    while (matched < needle.length && bytes[at + matched] === needle[matched]) matched++;
    if (matched === needle.length) return at;
  }
  return -1;
}
