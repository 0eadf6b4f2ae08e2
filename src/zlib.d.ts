/** The part of Node's zlib that this Worker uses; the platform offers it under `nodejs_compat`. */
declare module "node:zlib" {
  interface Deflate {
    on(event: "data", listener: (bytes: Uint8Array) => void): this;
    on(event: "end", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    write(bytes: Uint8Array, done: () => void): boolean;
    end(): void;
  }
  export function crc32(bytes: Uint8Array): number;
  export function deflateSync(bytes: Uint8Array, options?: { level?: number; strategy?: number }): Uint8Array;
  export function createDeflate(options: { chunkSize: number; level: number }): Deflate;
}
