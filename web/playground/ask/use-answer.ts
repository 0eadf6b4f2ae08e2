import { useEffect, useState } from "preact/hooks";
import { type Problem, problemOf } from "./problem.ts";

/** The newest answer that came, and what became of the newest question. */
export interface Asked<T> {
  readonly answer?: T;
  readonly problem?: Problem;
  /** A question is on its way. */
  readonly busy: boolean;
}

/**
 * Asks once the question has rested for `restMs`, and breaks off what was asked before. The old answer stays until the
 * new one is there. An absent question is not ready yet; with an empty one the answer goes.
 * @param again a new number asks the same question anew
 */
export function useAnswer<T>(
  question: string | undefined,
  ask: (question: string, signal: AbortSignal) => Promise<T>,
  restMs: number,
  again = 0,
): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ busy: false });
  useEffect(() => {
    if (question === undefined) return;
    if (question === "") return setAsked({ busy: false });
    const gone = new AbortController();
    setAsked((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      ask(question, gone.signal).then(
        (answer) => gone.signal.aborted || setAsked({ answer, busy: false }),
        (thrown) => gone.signal.aborted || setAsked(({ answer }) => failed(answer, thrown)),
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [question, ask, restMs, again]);
  return asked;
}

const failed = <T>(answer: T | undefined, thrown: unknown): Asked<T> => ({
  ...(answer !== undefined && { answer }),
  problem: problemOf(thrown),
  busy: false,
});
