import { HttpError } from "../error.ts";
import { sameSecret } from "../platform/crypto.ts";

/**
 * `Authorization: Bearer` with this very secret.
 * @param action what the token is for, as "Cannot {action} without a token"
 * @throws HttpError 401 missing_token, invalid_token
 */
export async function verifyBearer(request: Request, secret: string, action: string): Promise<void> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const headers = { "www-authenticate": "Bearer" };
  const missing = `Cannot ${action} without a token: expected Authorization: Bearer`;
  if (token === undefined) throw new HttpError(401, "missing_token", missing, { headers });
  if (!(await sameSecret(token, secret)))
    throw new HttpError(401, "invalid_token", "Cannot verify the token", { headers });
}
