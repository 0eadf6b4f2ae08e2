import { HttpError } from "../error.ts";

export interface BudgetLimits {
  /** Bytes that all jobs of the isolate may hold at once. */
  readonly decodeBudgetBytes: number;
  /** Jobs that may wait for their turn. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

/** Shares out the isolate's memory among its concurrent requests, first come, first served. */
export interface Budget {
  /**
   * Runs `job` once `bytes` are free. A job larger than the whole budget runs alone.
   * @throws HttpError 503 busy when too many wait, or the wait is too long
   */
  run<T>(bytes: number, job: () => Promise<T>): Promise<T>;
  /** Bytes reserved now, and jobs waiting. */
  state(): { readonly reservedBytes: number; readonly waiting: number };
}

interface Waiter {
  readonly bytes: number;
  readonly start: () => void;
}

export function createBudget({ decodeBudgetBytes, maxWaiting, maxWaitMs }: BudgetLimits): Budget {
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
  async function wait(bytes: number): Promise<void> {
    if (queue.length >= maxWaiting) throw busy();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const turn = new Promise<void>((start, refuse) => {
      const waiter = { bytes, start };
      queue.push(waiter);
      timer = setTimeout(() => {
        if (leave(waiter)) refuse(busy());
      }, maxWaitMs);
    });
    await turn.finally(() => timer !== null && clearTimeout(timer));
  }

  function leave(waiter: Waiter): boolean {
    const at = queue.indexOf(waiter);
    if (at < 0) return false;
    queue.splice(at, 1);
    advance();
    return true;
  }

  async function reserve(bytes: number): Promise<void> {
    if (queue.length > 0 || !fits(bytes)) return wait(bytes);
    reserved += bytes;
  }

  return {
    async run(bytes, job) {
      await reserve(bytes);
      try {
        return await job();
      } finally {
        reserved -= bytes;
        advance();
      }
    },
    state: () => ({ reservedBytes: reserved, waiting: queue.length }),
  };
}

const busy = () =>
  new HttpError(503, "busy", "Cannot take on more pictures at the moment: try again", {
    headers: { "retry-after": "2" },
  });
