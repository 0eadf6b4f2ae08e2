declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
  interface Env {
    SOURCE: R2Bucket;
    DESTINATION: R2Bucket;
    KEYS: KVNamespace;
    /** A folder of files. */
    FILES: Fetcher;
  }
}
