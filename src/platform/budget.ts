import { busy } from "./busy.ts";
import type { Clock } from "./clock.ts";
import { runWasmJob } from "./wasm-memory.ts";

export interface BudgetLimits {
  /** Bytes that all jobs of the isolate may hold at once. */
  readonly decodeBudgetBytes: number;
  /** Jobs that may wait for their turn. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

/** Who lets jobs run. */
export interface Admission {
  /**
   * Runs `job` once `bytes` are free. A job larger than the whole budget runs alone. Its WASM instances end with it.
   * @throws HttpError 503 busy when too many wait, or the wait is too long
   */
  run<T>(bytes: number, job: () => Promise<T>): Promise<T>;
  /** Bytes that become known bit by bit, and are given back together. */
  hold(): Hold;
}

export interface Hold {
  /**
   * Waits until `bytes` more are free.
   * @throws HttpError 503 busy as `run`
   */
  readonly take: (bytes: number) => Promise<void>;
  readonly end: () => void;
}

/** Shares out the isolate's memory among its concurrent requests, first come, first served. */
export interface Budget extends Admission {
  /** Admission for the jobs of one caller, who may leave or wait too long before their turn comes. */
  on(caller: Waiting): Admission;
  /** Bytes reserved now, and jobs waiting. */
  state(): { readonly reservedBytes: number; readonly waiting: number };
}

export interface Waiting {
  /** Aborts when nobody waits any more; a job that has not started then never does, and its reason is thrown. */
  readonly signal: AbortSignal;
  /** A job that could only start later, by the budget's clock, never does: 503 busy. */
  readonly startByMs: number;
}

interface Waiter {
  readonly bytes: number;
  readonly start: () => void;
}

export function createBudget({ decodeBudgetBytes, maxWaiting, maxWaitMs }: BudgetLimits, clock: Clock): Budget {
  const queue: Waiter[] = [];
  let reserved = 0;

  const fits = (bytes: number) => reserved === 0 || reserved + bytes <= decodeBudgetBytes;

  /** Lets those in front start; nobody overtakes, so that a large job is not starved by small ones. */
  function advance(): void {
    for (let next = queue[0]; next && fits(next.bytes); next = queue[0]) {
      queue.shift();
      reserved += next.bytes;
      next.start();
    }
  }

  /** Timers belong to the request that set them, so the waiter clears its own once it goes on. */
  async function wait(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    if (queue.length >= maxWaiting) throw busy();
    const { promise: turn, resolve: start, reject } = Promise.withResolvers<void>();
    const waiter = { bytes, start };
    queue.push(waiter);
    const giveUp = (reason: unknown) => {
      if (leave(waiter)) reject(reason);
    };
    const onAbort = () => giveUp(signal?.reason);
    const timer = setTimeout(() => giveUp(busy()), maxWaitMs);
    signal?.addEventListener("abort", onAbort);
    await turn.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    });
  }

  function leave(waiter: Waiter): boolean {
    const at = queue.indexOf(waiter);
    if (at < 0) return false;
    queue.splice(at, 1);
    advance();
    return true;
  }

  async function reserve(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    if (queue.length > 0 || !fits(bytes)) return wait(bytes, signal);
    reserved += bytes;
  }

  function free(bytes: number): void {
    reserved -= bytes;
    advance();
  }

  function hold(caller?: Waiting): Hold {
    let held = 0;
    return {
      async take(bytes) {
        caller?.signal.throwIfAborted();
        await reserve(bytes, caller?.signal);
        held += bytes;
        caller?.signal.throwIfAborted();
        if (caller && clock.now() > caller.startByMs) throw busy();
      },
      end() {
        free(held);
        held = 0;
      },
    };
  }

  async function run<T>(bytes: number, job: () => Promise<T>, caller?: Waiting): Promise<T> {
    const held = hold(caller);
    try {
      await held.take(bytes);
      return await runWasmJob(job);
    } finally {
      held.end();
    }
  }

  const admission = (caller?: Waiting): Admission => ({
    run: (bytes, job) => run(bytes, job, caller),
    hold: () => hold(caller),
  });

  return {
    ...admission(),
    on: admission,
    state: () => ({ reservedBytes: reserved, waiting: queue.length }),
  };
}
