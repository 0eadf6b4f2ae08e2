/** The part of Node's async_hooks that this Worker uses; the platform offers it under `nodejs_compat`. */
declare module "node:async_hooks" {
  export class AsyncLocalStorage<Store> {
    run<Result>(store: Store, work: () => Result): Result;
    getStore(): Store | undefined;
  }
}
