/** What tests use of it; the Workers types leave `node:` modules out. */
declare module "node:crypto" {
  interface Hmac {
    update(data: string): Hmac;
    digest(encoding: "base64url"): string;
  }
  export function createHmac(algorithm: string, key: string | Uint8Array): Hmac;
}
