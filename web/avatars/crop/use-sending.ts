import { useRef, useState } from "preact/hooks";
import { type Problem, toProblem } from "../avatar/problem.ts";
import type { Watching } from "../avatar/upload.ts";

export interface Sending {
  /** Fraction that has been sent, 0–1; undefined while nothing is sent. */
  readonly sent: number | undefined;
  readonly problem: Problem | undefined;
  /** True where it went well. */
  start(send: (watching: Watching) => Promise<void>): Promise<boolean>;
  stop(): void;
  /** Tells of a failure before anything was sent; without one, forgets the last. */
  tell(problem: Problem | undefined): void;
}

/** One thing that is sent at a time: how far it is, and why it failed. */
export function useSending(): Sending {
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const controller = useRef<AbortController | undefined>(undefined);
  return {
    ...{ sent, problem, tell: setProblem },
    stop: () => controller.current?.abort(),
    async start(send) {
      controller.current = new AbortController();
      const { signal } = controller.current;
      setProblem(undefined);
      setSent(0);
      try {
        await send({ onProgress: setSent, signal });
        return true;
      } catch (thrown) {
        if (!signal.aborted) setProblem(toProblem(thrown));
        return false;
      } finally {
        setSent(undefined);
      }
    },
  };
}
