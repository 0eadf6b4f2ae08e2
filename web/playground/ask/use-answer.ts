import { useEffect, useState } from "preact/hooks";
import { type Problem, problemOf } from "./problem.ts";

/** The newest answer that came, and what became of the newest question. */
export interface Asked<T> {
  readonly answer?: T;
  readonly problem?: Problem;
  /** The newest question is still open: what is here is of an older one. */
  readonly busy: boolean;
}

interface Settled<T> extends Omit<Asked<T>, "busy"> {
  /** The question that ended so. */
  readonly of?: string | undefined;
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
  const [{ of, ...settled }, setSettled] = useState<Settled<T>>({});
  const asked = question && `${again} ${question}`;
  useEffect(() => {
    if (question === undefined) return;
    if (question === "") return setSettled({});
    const gone = new AbortController();
    const end = (outcome: (before: Settled<T>) => Settled<T>) => gone.signal.aborted || setSettled(outcome);
    const timer = setTimeout(() => {
      ask(question, gone.signal).then(
        (answer) => end(() => ({ of: asked, answer })),
        (thrown) => end((before) => ({ ...before, of: asked, problem: problemOf(thrown) })),
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [asked, ask, restMs]);
  return { ...settled, busy: Boolean(asked) && of !== asked };
}
