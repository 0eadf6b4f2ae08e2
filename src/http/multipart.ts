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
  const headers = new TextDecoder().decode(part.subarray(0, end));
  const disposition = /^content-disposition:[ \t]*form-data;(.*)$/im.exec(headers)?.[1] ?? "";
  const name = attribute(disposition, "name");
  if (name === undefined) return refuse("expected a name in each part");
  return { name, filename: attribute(disposition, "filename"), bytes: part.subarray(end + HEADER_END.length) };
}

/** Browsers write `"` and line ends in a name as percent escapes (WHATWG HTML, multipart encoding). */
const attribute = (disposition: string, name: string): string | undefined =>
  new RegExp(`;?\\s*\\b${name}="([^"\\r\\n]*)"`, "i")
    .exec(disposition)?.[1]
    .replaceAll("%22", '"')
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n");

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
