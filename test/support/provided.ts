import "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Serves the folder of test pictures, or absent where that folder does not exist. */
    readonly corpusUrl: string | undefined;
    readonly corpusStep: number;
    /** An origin that fails in every way a source can. */
    readonly originUrl: string;
    /** A real Redis of these tests, or absent where there is none on the machine. */
    readonly redisPort: number | undefined;
    /** Fronts of that Redis that speak TLS. */
    readonly redisTlsPorts: TlsFronts | undefined;
    /** Two servers that speak S3. */
    readonly s3Ports: readonly number[];
    /** What goes wrong where a Redis should be. */
    readonly faultRedisPort: number;
    /** Runs what makes a token, in the language that it is written in. */
    readonly tokenExamplesUrl: string;
    /** Starts several Workers, and asks them all for the same. */
    readonly isolatesUrl: string;
    /** Of `migrations/`, for D1. */
    readonly migrations: { name: string; queries: string[] }[];
    /** A PostgreSQL database of this run with all migrations, or absent where there is no server. */
    readonly postgresUrl: string | undefined;
  }
}

/** Ports on loopback of servers that speak TLS, and pass on what they hear to one that does not. */
export interface TlsFronts {
  /** A certificate for `localhost` that workerd trusts. */
  readonly trusted: number;
  /** One that nobody knows. */
  readonly stranger: number;
  /** Takes connections, and never says a word. */
  readonly silent: number;
}
