import { HttpError } from "../error.ts";
import { type HmacAlgorithm, hmacHex, verifyHmac } from "../platform/crypto.ts";
import { canonicalQuery } from "./canonical-query.ts";
import type { Parameters } from "./parameters.ts";

/** What is needed to check signatures; no keys means that requests need none. */
export interface SigningPolicy {
  /** Tried in order; the first signs. */
  readonly keys: readonly string[];
  readonly algorithm: HmacAlgorithm;
}

/** The `sig` of a request, in lower-case hex. */
export const sign = (parameters: Parameters, key: string, algorithm: HmacAlgorithm = "SHA-1"): Promise<string> =>
  hmacHex(algorithm, key, canonicalQuery(parameters));

/**
 * Checks `sig` against every key, without leaving early. Nothing to check when no key is configured.
 * @throws HttpError 401 invalid_signature, 400 duplicate_parameter, 401 signature_expired
 */
export async function verifySignature(
  parameters: Parameters,
  policy: SigningPolicy,
  nowSeconds: number,
): Promise<void> {
  if (policy.keys.length === 0) return;
  refuseRepeatedNames(parameters);
  const text = canonicalQuery(parameters);
  const claimed = parameters.get("sig")?.[0] ?? "";
  const checks = await Promise.all(policy.keys.map((key) => verifyHmac(policy.algorithm, key, text, claimed)));
  if (!checks.includes(true)) throw new HttpError(401, "invalid_signature", "Invalid signature");
  refuseExpired(parameters, nowSeconds);
}

/** security.md G2: only the first value of a repeated name is signed, so a second one must not exist. */
function refuseRepeatedNames(parameters: Parameters): void {
  for (const [name, values] of parameters)
    if (name !== "op" && values.length > 1)
      throw new HttpError(400, "duplicate_parameter", `Cannot verify a request that repeats a parameter other than op`);
}

/** `exp`, in Unix seconds, is signed like any other parameter. */
function refuseExpired(parameters: Parameters, nowSeconds: number): void {
  const expiry = parameters.get("exp")?.[0];
  if (expiry === undefined) return;
  if (!/^[0-9]{1,12}$/.test(expiry))
    throw new HttpError(400, "invalid_parameter", "Cannot parse exp: expected Unix seconds");
  if (Number(expiry) <= nowSeconds) throw new HttpError(401, "signature_expired", "Invalid signature: it has expired");
}
