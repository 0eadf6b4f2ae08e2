declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
  interface Env {
    SOURCE: R2Bucket;
    DESTINATION: R2Bucket;
    AVATARS: R2Bucket;
    KEYS: KVNamespace;
    LEASES: DurableObjectNamespace<import("../../src/lease/derivative-lease.ts").DerivativeLease>;
    /** A folder of files. */
    FILES: Fetcher;
    DB: D1Database;
  }
}
