import type { ErrorCode } from "../error.ts";

/** What may go wrong, by what a route does. */
export const SIGNED: readonly ErrorCode[] = ["invalid_signature", "signature_expired", "duplicate_parameter"];

export const ASKED: readonly ErrorCode[] = [
  ...["invalid_parameter", "invalid_path", "too_many_operations"],
  ...["size_not_allowed", "output_too_large"],
] as const;

export const SOURCE: readonly ErrorCode[] = [
  ...["invalid_url", "source_not_allowed", "not_found", "source_too_large", "source_error", "source_truncated"],
  ...["source_redirect", "source_timeout", "storage_unavailable"],
] as const;

export const PICTURE: readonly ErrorCode[] = [
  ...["unsupported_image", "decode_failed", "image_too_large", "animation_too_large", "too_many_scans", "busy"],
] as const;

export const WRITER: readonly ErrorCode[] = [
  "route_disabled",
  "address_not_allowed",
  "missing_token",
  "invalid_token",
  "storage_unavailable",
];

export const TOKEN: readonly ErrorCode[] = [
  ...["auth_not_configured", "missing_token", "invalid_token", "token_expired", "token_not_active", "token_used"],
  ...["insufficient_scope", "hash_mismatch", "rate_limited", "storage_unavailable"],
] as const;

/** Of every route. */
export const ANY: readonly ErrorCode[] = ["url_too_long", "loop_detected", "invalid_path", "internal"];
