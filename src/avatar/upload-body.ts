import type { Crop } from "./crop.ts";
import type { Rating } from "./fields.ts";

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
  readonly rating: Rating | undefined;
  readonly name: string | null | undefined;
  readonly alt: string | null | undefined;
}

/**
 * Picture and fields of a write: `multipart/form-data` or `application/x-www-form-urlencoded` with the picture in
 * `avatar`, else `file`, `image`, `data`; a raw body; JSON with `image`; or a data URL as `text/plain`. What a body
 * cannot say, the query may: `crop`, `x y w h`, `rating`, `name`, `alt`.
 * @throws HttpError 413 body_too_large, 415 unsupported_image, 403 import_disabled, 400 empty_body, invalid_multipart,
 *   missing_file, invalid_base64, invalid_json, invalid_crop, invalid_rating, invalid_parameter
 */
export async function readUpload(request: Request, maxBytes: number): Promise<Upload> {
  throw new Error(`${request.url} ${maxBytes}`);
}

/**
 * Body of PATCH: JSON `{ crop?, rating?, name?, alt? }`.
 * @throws HttpError 413 body_too_large, 400 empty_body, invalid_json, invalid_crop, invalid_rating, invalid_parameter
 */
export async function readChanges(request: Request): Promise<Changes> {
  throw new Error(request.url);
}
