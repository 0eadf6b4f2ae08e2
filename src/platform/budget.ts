import { busy } from "./busy.ts";
import type { Clock } from "./clock.ts";
import { runWasmJob } from "./wasm-memory.ts";

export interface BudgetLimits {
  /** Bytes that all jobs of the isolate may hold at once. */
  readonly decodeBudgetBytes: number;
  /** Jobs that may wait for their turn with all they need in their hands. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

/** Who lets jobs run. */
export interface Runner {
  /**
   * Runs `job` once `bytes` are free. A job larger than the whole budget runs alone. Its WASM instances end with it.
   * @throws HttpError 503 busy when too many wait, or the wait is too long
   */
  run<T>(bytes: number, job: () => Promise<T>): Promise<T>;
}

export interface Admission extends Runner {
  /** Bytes that become known bit by bit, and are given back together. */
  hold(): Hold;
}

/**
 * Its jobs run in what is held already, and leave it held. One that takes more gets that at once where it is free, since
 * what has begun had better end; else it gives everything back before it waits: who waits must not hold what others wait
 * for.
 */
export interface Hold extends Runner {
  /**
   * Waits until `bytes` more are free, however many others wait: who has nothing yet costs nothing. As long as the
   * caller may start.
   * @throws HttpError 503 busy when the wait is too long
   */
  take(bytes: number): Promise<void>;
  end(): void;
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
  /** Waits with all that it needs. */
  readonly ready: boolean;
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
  async function wait(bytes: number, ready: boolean, caller: Waiting | undefined): Promise<void> {
    if (ready && queue.filter((waiter) => waiter.ready).length >= maxWaiting) throw busy();
    const { promise: turn, resolve: start, reject } = Promise.withResolvers<void>();
    const waiter = { bytes, ready, start };
    queue.push(waiter);
    const giveUp = (reason: unknown) => {
      if (leave(waiter)) reject(reason);
    };
    const onAbort = () => giveUp(caller?.signal.reason);
    const timer = setTimeout(() => giveUp(busy()), ready || !caller ? maxWaitMs : caller.startByMs - clock.now());
    caller?.signal.addEventListener("abort", onAbort);
    await turn.finally(() => {
      clearTimeout(timer);
      caller?.signal.removeEventListener("abort", onAbort);
    });
  }

  function leave(waiter: Waiter): boolean {
    const at = queue.indexOf(waiter);
    if (at < 0) return false;
    queue.splice(at, 1);
    advance();
    return true;
  }

  async function reserve(bytes: number, ready: boolean, caller: Waiting | undefined): Promise<void> {
    if (queue.length > 0 || !fits(bytes)) return wait(bytes, ready, caller);
    reserved += bytes;
  }

  function free(bytes: number): void {
    reserved -= bytes;
    advance();
  }

  function hold(caller?: Waiting): Hold {
    let [taken, held] = [0, 0];

    function resize(bytes: number): void {
      free(held - bytes);
      held = bytes;
    }

    async function grow(bytes: number, ready: boolean): Promise<void> {
      caller?.signal.throwIfAborted();
      await reserve(bytes, ready, caller);
      held += bytes;
      verifyTurn(caller);
    }

    return {
      async take(bytes) {
        await grow(bytes, false);
        taken += bytes;
      },
      async run(bytes, job) {
        const needed = Math.max(bytes, taken);
        const isFree = needed <= held || (held > 0 && fits(needed - held));
        resize(isFree ? needed : 0);
        if (held < needed) await grow(needed, true);
        else verifyTurn(caller);
        return runWasmJob(job);
      },
      end() {
        taken = 0;
        resize(0);
      },
    };
  }

  function verifyTurn(caller: Waiting | undefined): void {
    caller?.signal.throwIfAborted();
    if (caller && clock.now() > caller.startByMs) throw busy();
  }

  async function run<T>(bytes: number, job: () => Promise<T>, caller?: Waiting): Promise<T> {
    const held = hold(caller);
    try {
      return await held.run(bytes, job);
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
