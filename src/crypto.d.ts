/** The part of Node's crypto that this Worker uses; the platform offers it under `nodejs_compat`. */
declare module "node:crypto" {
  interface Hash {
    update(text: string, encoding: "utf8"): Hash;
    digest(): Uint8Array;
  }
  export function createHash(algorithm: "sha256"): Hash;
}
