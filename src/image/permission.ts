import type { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { isInRange, parseAddress } from "../platform/address.ts";
import { sameSecret } from "../platform/crypto.ts";

/**
 * Whatever changes or lists the source storage is closed unless they were opened on purpose: the switch of the route, and a secret, or the
 * explicit word that none is wanted (security.md U1).
 * @throws HttpError 403 route_disabled, 401 missing_token, invalid_token, address_not_allowed
 */
export async function verifyWriter(
  request: Request,
  enabled: boolean,
  app: App,
  action = "change pictures",
): Promise<void> {
  const { secret, open } = app.config.upload;
  if (!enabled || (secret === undefined && !open))
    throw new HttpError(403, "route_disabled", `Cannot ${action} here: it is switched off`);
  verifyAddress(request, app);
  if (secret !== undefined) await verifyToken(request, secret, action);
}

async function verifyToken(request: Request, secret: string, action: string): Promise<void> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const headers = { "www-authenticate": "Bearer" };
  if (token === undefined)
    throw new HttpError(401, "missing_token", `Cannot ${action} without a token: expected Authorization: Bearer`, {
      headers,
    });
  if (!(await sameSecret(token, secret)))
    throw new HttpError(401, "invalid_token", "Cannot verify the token", { headers });
}

/** Only the address that Cloudflare saw counts; `X-Forwarded-For` is anybody's word. */
export function verifyAddress(request: Request, { config }: App): void {
  const { allowedIpAddresses } = config;
  if (!allowedIpAddresses) return;
  const address = parseAddress(request.headers.get("cf-connecting-ip") ?? "");
  if (!address || !allowedIpAddresses.some((range) => isInRange(address, range)))
    throw new HttpError(401, "address_not_allowed", "Endpoint restricted");
}
