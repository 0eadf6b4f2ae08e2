import { adviceFor, type Remedy } from "./advice.ts";
import type { Problem } from "./problem.ts";

const WORDS: Readonly<Record<Remedy, string>> = {
  reload: "Show it as it is now",
  shrink: "Send a smaller copy",
  convert: "Send it as a PNG",
  retry: "Try again",
  token: "Give another token",
};

interface Props {
  readonly problem: Problem;
  /** What can be done here; others are only told of. */
  readonly remedies: Readonly<Partial<Record<Remedy, () => void>>>;
}

/** What failed, what to do about it, and what the server itself said. */
export function ProblemBox({ problem, remedies }: Props) {
  const { title, advice, remedy } = adviceFor(problem);
  const mend = remedy && remedies[remedy];
  return (
    <div class="problem" role="alert">
      <strong>{title}</strong>
      <p>{advice}</p>
      <p class="said">
        <code>{problem.code}</code> {problem.message}
      </p>
      {remedy && mend && (
        <button type="button" class="button small" onClick={mend}>
          {WORDS[remedy]}
        </button>
      )}
    </div>
  );
}
