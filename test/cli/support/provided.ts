import "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of a Worker with all secrets. */
    readonly workerUrl: string;
  }
}
