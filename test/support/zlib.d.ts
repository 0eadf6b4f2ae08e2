/** What only tests use of Node's zlib. */
declare module "node:zlib" {
  export function inflateSync(bytes: Uint8Array): Uint8Array;
}
