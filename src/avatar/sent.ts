import { type ErrorCode, HttpError } from "../error.ts";
import { boundaryOf, type Part, parseMultipart } from "../http/multipart.ts";
import { isObject, type JsonObject } from "../json.ts";
import { isDataUrl, parseDataUrl } from "./data-url.ts";

/** A body taken apart: the picture, and what else it says by name, as text or as JSON values. */
export interface Sent {
  readonly bytes: Uint8Array;
  readonly fields: JsonObject;
}

/** Where forms have the picture; the first that holds something counts. */
const PICTURE_FIELDS = ["avatar", "file", "image", "data"];

const missingFile = () =>
  new HttpError(400, "missing_file", `Cannot find the picture: expected it in ${PICTURE_FIELDS.join(", ")}`);

/**
 * Takes a body apart as `contentType` says; without one it is the picture.
 * @throws HttpError 415 unsupported_image, 403 import_disabled, 400 invalid_multipart, missing_file, invalid_base64,
 *   invalid_json
 */
export function takeApart(body: Uint8Array, contentType: string): Sent {
  const type = contentType.split(";")[0].trim().toLowerCase();
  if (type === "multipart/form-data") return fromMultipart(body, contentType);
  if (type === "application/x-www-form-urlencoded") return fromForm(textOf(body, "invalid_base64"));
  if (isJson(type)) return fromJson(parseJson(body));
  if (type === "text/plain") return { bytes: parseDataUrl(textOf(body, "invalid_base64")), fields: {} };
  if (type === "" || type.startsWith("image/") || type === "application/octet-stream")
    return { bytes: body, fields: {} };
  throw new HttpError(
    415,
    "unsupported_image",
    "Cannot take a body of this Content-Type: expected a picture or a form",
  );
}

export const isJson = (type: string): boolean => /^application\/(?:[a-z0-9.-]+\+)?json$/.test(type);

function fromMultipart(body: Uint8Array, contentType: string): Sent {
  const parts = partsOf(body, contentType);
  const picture = PICTURE_FIELDS.flatMap((field) => parts.filter(({ name }) => name === field));
  const bytes = picture.find(({ bytes }) => bytes.length > 0)?.bytes;
  if (!bytes) throw missingFile();
  const texts = parts.filter(({ name, filename }) => filename === undefined && !PICTURE_FIELDS.includes(name));
  return {
    bytes: isDataUrl(bytes) ? parseDataUrl(textOf(bytes, "invalid_base64")) : bytes,
    fields: firstOfEach(texts.map(({ name, bytes }) => [name, textOf(bytes, "invalid_multipart")])),
  };
}

function partsOf(body: Uint8Array, contentType: string): readonly Part[] {
  try {
    return parseMultipart(body, boundaryOf(contentType));
  } catch (cause) {
    if (cause instanceof HttpError) throw new HttpError(400, "invalid_multipart", cause.message, { cause });
    throw cause;
  }
}

function fromForm(text: string): Sent {
  const pairs = [...new URLSearchParams(text)];
  const fields = firstOfEach(pairs);
  const picture = PICTURE_FIELDS.map((field) => fields[field]).find(Boolean);
  if (typeof picture !== "string") throw missingFile();
  // In such a form a space is a plus sign that its sender forgot to escape; base64 has the one and not the other.
  return { bytes: parseDataUrl(picture.replaceAll(" ", "+")), fields };
}

/** As the first names of a query, so those of a form count. */
const firstOfEach = (pairs: readonly (readonly [string, string])[]): JsonObject =>
  Object.fromEntries(pairs.toReversed());

function fromJson(fields: JsonObject): Sent {
  const { image, url, token: _, ...others } = fields;
  if (image === undefined && url !== undefined)
    throw new HttpError(403, "import_disabled", "Cannot fetch a picture by its address: expected image as a data URL");
  if (image === undefined) throw missingFile();
  if (typeof image !== "string") throw invalidJson("expected image as a data URL");
  return { bytes: parseDataUrl(image), fields: others };
}

/** @throws HttpError 400 invalid_json */
export function parseJson(body: Uint8Array): JsonObject {
  const value = parsed(textOf(body, "invalid_json"));
  if (!isObject(value)) throw invalidJson("expected an object");
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidJson("expected JSON", cause);
  }
}

export const invalidJson = (expected: string, cause?: unknown): HttpError =>
  new HttpError(400, "invalid_json", `Cannot read the body: ${expected}`, { cause });

function textOf(bytes: Uint8Array, code: ErrorCode): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new HttpError(400, code, "Cannot read the body: expected UTF-8", { cause });
  }
}
