/** Every code a client can see in an error body, with its statuses. Stable: clients may switch on them. */
export const ERRORS = {
  invalid_parameter: [400],
  invalid_id: [400],
  empty_body: [400],
  invalid_multipart: [400],
  missing_file: [400],
  invalid_base64: [400],
  invalid_json: [400],
  invalid_crop: [400],
  invalid_rating: [400],
  invalid_cursor: [400],
  invalid_url: [400],
  invalid_path: [400],
  duplicate_parameter: [400],
  too_many_operations: [400],
  invalid_signature: [401],
  signature_expired: [401],
  missing_token: [401],
  invalid_token: [401],
  token_expired: [401],
  token_not_active: [401],
  token_used: [401],
  hash_mismatch: [403],
  insufficient_scope: [403],
  body_mismatch: [403],
  import_disabled: [403],
  size_not_allowed: [403],
  source_not_allowed: [403],
  route_disabled: [403],
  address_not_allowed: [401],
  not_found: [404],
  method_not_allowed: [405],
  id_in_use: [409],
  revision_not_kept: [409],
  precondition_failed: [412],
  source_too_large: [413],
  body_too_large: [413],
  url_too_long: [414],
  unsupported_image: [415],
  decode_failed: [422],
  image_too_large: [400, 422],
  output_too_large: [422],
  animation_too_large: [422],
  too_many_scans: [422],
  crop_out_of_bounds: [422],
  email_mismatch: [422],
  range_not_satisfiable: [416],
  rate_limited: [429],
  loop_detected: [508],
  source_error: [502],
  source_truncated: [502],
  source_redirect: [502],
  busy: [503],
  auth_not_configured: [503],
  storage_unavailable: [503],
  delete_incomplete: [504],
  source_timeout: [504],
  internal: [500],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type ErrorCode = keyof typeof ERRORS;

export interface HttpErrorOptions extends ErrorOptions {
  /** Extra response headers, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure that a client may be told about: the message is public, the cause is for the log only. */
export class HttpError<C extends ErrorCode = ErrorCode> extends Error {
  readonly status: number;
  readonly code: C;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: (typeof ERRORS)[C][number], code: C, message: string, options: HttpErrorOptions = {}) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}
