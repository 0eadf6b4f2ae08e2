import type { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { verifyBearer } from "../http/bearer.ts";
import { isInRange, parseAddress } from "../platform/address.ts";

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
  if (secret !== undefined) await verifyBearer(request, secret, action);
}

/** Only the address that Cloudflare saw counts; `X-Forwarded-For` is anybody's word. */
export function verifyAddress(request: Request, { config }: App): void {
  const { allowedIpAddresses } = config;
  if (!allowedIpAddresses) return;
  const address = parseAddress(request.headers.get("cf-connecting-ip") ?? "");
  if (!address || !allowedIpAddresses.some((range) => isInRange(address, range)))
    throw new HttpError(401, "address_not_allowed", "Endpoint restricted");
}
