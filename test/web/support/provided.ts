import "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** What pages are tested with; absent where there is no Chromium. */
    readonly web: WebProvided | undefined;
  }
}

export interface WebProvided {
  /** See tools/pages-worker.ts. */
  readonly origin: string;
  readonly closedOrigin: string;
  /** Where the one browser of all tests listens. */
  readonly browser: string;
}
