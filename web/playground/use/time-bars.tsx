import type { Timing } from "../ask/rendering.ts";
import { millisecondsText } from "../model/words.ts";

/** Steps that the service waited for, as long as they took. */
export function TimeBars({ timing: { steps } }: { readonly timing: Timing }) {
  const longest = Math.max(1, ...steps.map(({ ms }) => ms));
  return (
    <div class="times">
      <h3>Time of each step</h3>
      <ul>
        {steps.map(({ name, ms }) => (
          <li key={name}>
            <span>{name}</span>
            <span class="bar" style={{ "--part": ms / longest }} />
            <span class="ms">{millisecondsText(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
