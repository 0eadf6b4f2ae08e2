import { NAMES } from "./contenders.ts";
import { withCrew } from "./crew.ts";
import { measure } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import { type Bench, note } from "./section.ts";
import { timeCells } from "./table.ts";
import type { Task } from "./task.ts";

/** A row of a table: a task, and every contender's figures. */
interface Row {
  readonly title: string;
  readonly task: Task;
}

/** What came of each row, by its title, for all contenders. Each row is also shown as soon as it is there. */
export const compare = (
  { folder, rounds, tasks }: Bench,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly Outcome[]>> =>
  withCrew(folder, async (crew) => {
    const outcomes = new Map<string, readonly Outcome[]>();
    for (const [index, { title, task }] of rows.entries()) {
      if (tasks && !tasks.includes(index + 1)) continue;
      const entrants = NAMES.map((name) => ({ name, contender: name, task }));
      const row = await measure(crew, entrants, rounds);
      outcomes.set(title, row);
      note(`${title}: ${timeCells(row, "wall").join(" | ")}, cpu ${timeCells(row, "cpu").join(" | ")}`);
    }
    return outcomes;
  });
