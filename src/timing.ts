/** Times the steps of one request for its `Server-Timing` header (W3C Server Timing §3). */
export interface Timing {
  readonly time: <T>(step: string, work: () => Promise<T>) => Promise<T>;
  /** Says by which road the picture was made. */
  readonly describe: (road: string) => void;
  /** Value of the header; empty before anything was timed. */
  readonly header: () => string;
}

/** Where nobody wants to know. */
export const untimed: Timing["time"] = (_step, work) => work();

/** The clock of a Worker stands still while it computes: steps that wait for nothing read 0 when deployed. */
export function createTiming(): Timing {
  const spent = new Map<string, number>();
  let road: string | undefined;
  return {
    describe: (text) => {
      road = text;
    },
    async time(step, work) {
      const start = performance.now();
      try {
        return await work();
      } finally {
        spent.set(step, (spent.get(step) ?? 0) + performance.now() - start);
      }
    },
    header: () => {
      const steps = [...spent].map(([step, ms]) => `${step};dur=${ms.toFixed(1)}`);
      return [...steps, ...(road === undefined ? [] : [`road;desc="${road}"`])].join(", ");
    },
  };
}
