import { type ErrorCode, HttpError } from "../error.ts";

type TokenCode = Extract<ErrorCode, "invalid_token" | "token_expired" | "token_not_active" | "token_used">;

/** A token that was sent and is not good: 401. RFC 6750 §3.1 knows one word for all of them; ours is the description. */
export const refusedToken = (code: TokenCode, message: string, options: ErrorOptions = {}): HttpError =>
  new HttpError(401, code, message, {
    ...options,
    headers: { "www-authenticate": `Bearer error="invalid_token", error_description="${code}"` },
  });

export const invalidToken = (expected: string, options: ErrorOptions = {}): HttpError =>
  refusedToken("invalid_token", `Cannot verify the token: expected ${expected}`, options);

export const missingToken = (): HttpError =>
  new HttpError(401, "missing_token", "Cannot change avatars without a token: expected Authorization: Bearer", {
    headers: { "www-authenticate": 'Bearer error="missing_token"' },
  });
