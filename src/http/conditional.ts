/** What a stored or made picture says of its own version. */
export interface Validators {
  /** Strong and quoted. */
  readonly etag: string;
  /** Absent for what is no file of its own. */
  readonly modified: Date | undefined;
}

/**
 * True when the client's copy is still good: `If-None-Match` decides alone where it is given, else `If-Modified-Since`
 * (RFC 9110 §13.1.2, §13.1.3, §13.2.2).
 */
export function isUnchanged(request: Headers, { etag, modified }: Validators): boolean {
  const tags = request.get("if-none-match");
  if (tags !== null) return matchesTag(tags, etag);
  const since = parseHttpDate(request.get("if-modified-since"));
  return since !== undefined && modified !== undefined && wholeSeconds(modified) <= since;
}

/** Weak comparison against a list, which may hold spaces, `W/` and `*` (RFC 9110 §8.8.3.2). */
export function matchesTag(list: string, etag: string): boolean {
  if (list.trim() === "*") return true;
  return [...list.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, tag]) => tag === etag);
}

/** Milliseconds of an HTTP date; absent where the text is none. Other spellings of a date are not accepted. */
export function parseHttpDate(text: string | null): number | undefined {
  if (text === null || !/^[A-Z][a-z]{2,8}[, ]/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const wholeSeconds = (date: Date): number => Math.floor(date.getTime() / 1000) * 1000;

/** Inclusive, as in the header. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range asked for: `whole` without a usable `Range`, with several, or when `If-Range` names another version;
 * `outside` when it starts behind the end (RFC 9110 §14.2, §13.1.5).
 */
export function parseRange(request: Headers, size: number, validators: Validators): ByteRange | "whole" | "outside" {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.get("range")?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "") || !ifRangeHolds(request.get("if-range"), validators))
    return "whole";
  const [, from, to] = match;
  if (from === "") return suffixRange(Number(to), size);
  const first = Number(from);
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < first) return "whole";
  return first >= size ? "outside" : { first, last };
}

const suffixRange = (length: number, size: number): ByteRange | "outside" =>
  length === 0 || size === 0 ? "outside" : { first: Math.max(0, size - length), last: size - 1 };

function ifRangeHolds(value: string | null, { etag, modified }: Validators): boolean {
  if (value === null) return true;
  if (value.startsWith('"')) return value === etag;
  return modified !== undefined && parseHttpDate(value) === wholeSeconds(modified);
}
