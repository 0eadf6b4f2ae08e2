import type { Problem } from "./ask/problem.ts";

/** What went wrong, in the words of the API. */
export const ProblemNote = ({ problem }: { readonly problem: Problem }) => (
  <div class="problem">
    <strong>
      {problem.status !== undefined && `${problem.status} `}
      {problem.title}
    </strong>
    {problem.detail && <p>{problem.detail}</p>}
    {problem.code && (
      <p class="quiet">
        <code>{problem.code}</code>
        {problem.requestId && <span class="request"> · request {problem.requestId}</span>}
      </p>
    )}
  </div>
);
