/** Every code a client can see in an error body. Stable: clients may switch on them. */
export type ErrorCode =
  | "invalid_parameter"
  | "invalid_id"
  | "empty_body"
  | "invalid_multipart"
  | "missing_file"
  | "invalid_base64"
  | "invalid_json"
  | "invalid_crop"
  | "invalid_rating"
  | "invalid_cursor"
  | "invalid_url"
  | "invalid_path"
  | "duplicate_parameter"
  | "too_many_operations"
  | "invalid_signature"
  | "signature_expired"
  | "missing_token"
  | "invalid_token"
  | "token_expired"
  | "token_not_active"
  | "token_used"
  | "hash_mismatch"
  | "insufficient_scope"
  | "body_mismatch"
  | "import_disabled"
  | "size_not_allowed"
  | "source_not_allowed"
  | "route_disabled"
  | "address_not_allowed"
  | "not_found"
  | "method_not_allowed"
  | "id_in_use"
  | "precondition_failed"
  | "source_too_large"
  | "body_too_large"
  | "url_too_long"
  | "unsupported_image"
  | "decode_failed"
  | "image_too_large"
  | "output_too_large"
  | "animation_too_large"
  | "too_many_scans"
  | "crop_out_of_bounds"
  | "email_mismatch"
  | "range_not_satisfiable"
  | "rate_limited"
  | "loop_detected"
  | "source_error"
  | "source_truncated"
  | "source_redirect"
  | "busy"
  | "auth_not_configured"
  | "storage_unavailable"
  | "delete_incomplete"
  | "source_timeout"
  | "internal";

export interface HttpErrorOptions extends ErrorOptions {
  /** Extra response headers, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure that a client may be told about: the message is public, the cause is for the log only. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: ErrorCode, message: string, options: HttpErrorOptions = {}) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}
