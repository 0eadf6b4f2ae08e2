/** The part of Node's zlib that the platform offers under `nodejs_compat` and this Worker uses. */
declare module "node:zlib" {
  export function crc32(bytes: Uint8Array, start?: number): number;
}
