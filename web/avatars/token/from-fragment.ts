/**
 * The token of `#token=...`, which is taken out of the address bar before anything else happens. A fragment is never
 * sent to a server.
 */
export function takeToken(): string | undefined {
  const { hash, pathname, search } = window.location;
  const token = new URLSearchParams(hash.slice(1)).get("token");
  if (token === null) return undefined;
  window.history.replaceState(null, "", pathname + search);
  return token;
}
