import { HttpError } from "../error.ts";
import { readBody } from "../http/body.ts";
import type { JsonObject } from "../json.ts";
import { CROP_FIELDS, type Crop, parseCrop } from "./crop.ts";
import { MAX_ALT_LENGTH, MAX_NAME_LENGTH, parseLine, parseRating, type Rating } from "./fields.ts";
import { invalidJson, isJson, parseJson, takeApart } from "./sent.ts";

/** What a write sends. Text is trimmed, composed (NFC) and never empty: what is empty counts as not given. */
export interface Upload {
  /** The picture as it was, in whatever format; never empty. */
  readonly bytes: Uint8Array;
  /** Absent: the largest square in the centre. It may lie outside of the picture. */
  readonly crop: Crop | undefined;
  readonly rating: Rating | undefined;
  readonly name: string | undefined;
  readonly alt: string | undefined;
  readonly email: string | undefined;
  /** Field `token` of a form. */
  readonly token: string | undefined;
}

/** Body of PATCH. Undefined: stays as it is; null: is taken away, for `crop`: the largest square in the centre. */
export interface Changes {
  readonly crop: Crop | null | undefined;
  /** A revision to show again; never together with `crop`. */
  readonly rev: string | undefined;
  readonly rating: Rating | undefined;
  readonly name: string | null | undefined;
  readonly alt: string | null | undefined;
}

/** An address in a URL would end up in logs. */
const QUERY_FIELDS = [...CROP_FIELDS, "rating", "name", "alt"];

/** RFC 3696 allows 64 + 1 + 255. */
const MAX_EMAIL_LENGTH = 320;

/** Text of PATCH. */
const MAX_CHANGES_BYTES = 16_384;

/**
 * Picture and fields of a write: `multipart/form-data` or `application/x-www-form-urlencoded` with the picture in
 * `avatar`, else `file`, `image`, `data`; a raw body; JSON with `image`; or a data URL as `text/plain`. What a body
 * does not say, the query may: `crop`, `x y w h`, `rating`, `name`, `alt`.
 * @throws HttpError 413 body_too_large, 415 unsupported_image, 403 import_disabled, 400 empty_body, invalid_multipart,
 *   missing_file, invalid_base64, invalid_json, invalid_crop, invalid_rating, invalid_parameter
 */
export async function readUpload(request: Request, maxBytes: number): Promise<Upload> {
  const body = await readSome(request, maxBytes);
  const { bytes, fields: sent } = takeApart(body, request.headers.get("content-type") ?? "");
  if (bytes.length === 0) throw emptyBody();
  const fields = { ...queryFields(request), ...sent };
  return {
    bytes,
    crop: parseCrop(fields),
    rating: parseRating(fields.rating),
    name: parseLine(fields.name, "name", MAX_NAME_LENGTH),
    alt: parseLine(fields.alt, "alt", MAX_ALT_LENGTH),
    email: parseLine(fields.email, "email", MAX_EMAIL_LENGTH),
    token: typeof fields.token === "string" && fields.token !== "" ? fields.token : undefined,
  };
}

/**
 * Body of PATCH: JSON `{ crop?, rev?, rating?, name?, alt? }`, `crop` also as `x y w h`.
 * @throws HttpError 413 body_too_large, 400 empty_body, invalid_json, invalid_crop, invalid_rating, invalid_parameter
 */
export async function readChanges(request: Request): Promise<Changes> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (!isJson(type)) throw invalidJson("expected Content-Type: application/json");
  const fields = parseJson(await readSome(request, MAX_CHANGES_BYTES));
  const crop = CROP_FIELDS.some((name) => fields[name] !== undefined) ? (parseCrop(fields) ?? null) : undefined;
  return {
    crop,
    rev: parseRev(fields.rev, crop),
    rating: parseRating(fields.rating),
    name: changed(fields.name, parseLine(fields.name, "name", MAX_NAME_LENGTH)),
    alt: changed(fields.alt, parseLine(fields.alt, "alt", MAX_ALT_LENGTH)),
  };
}

function parseRev(value: unknown, crop: Crop | null | undefined): string | undefined {
  const refuse = (expected: string) => new HttpError(400, "invalid_parameter", `Cannot use rev: expected ${expected}`);
  if (value === undefined) return undefined;
  if (crop !== undefined) throw refuse("it without a crop");
  if (typeof value !== "string" || !/^[0-9a-f]{16}$/.test(value)) throw refuse("16 hexadecimal digits");
  return value;
}

const changed = (given: unknown, text: string | undefined): string | null | undefined =>
  given === undefined ? undefined : (text ?? null);

async function readSome(request: Request, maxBytes: number): Promise<Uint8Array> {
  const body = await readBody(request, maxBytes);
  if (body.length === 0) throw emptyBody();
  return body;
}

const emptyBody = () => new HttpError(400, "empty_body", "Cannot read the body: expected one that is not empty");

function queryFields(request: Request): JsonObject {
  const query = new URL(request.url).searchParams;
  const given = QUERY_FIELDS.flatMap((name) => (query.has(name) ? [[name, query.get(name)] as const] : []));
  return Object.fromEntries(given);
}
