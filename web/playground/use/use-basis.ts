import { useMemo, useRef } from "preact/hooks";
import type { Size } from "../../../src/transform/image.ts";
import type { Answers } from "../ask/use-answers.ts";
import type { Recipe } from "../model/recipe.ts";

/** What snippets are made of: one recipe, and what the Worker told of that very one. */
export interface Basis {
  readonly recipe: Recipe;
  /** As it is shown. */
  readonly source: Size;
  readonly result: Size;
  /** Formats are not changed where that could lose frames: unknown is as good as moving. */
  readonly mayMove: boolean;
}

/**
 * That of what is shown. While a change is on its way, or where it was refused, that of the picture before, which is
 * still there to be seen: facts of two pictures are never mixed. Absent where no URL can say the recipe.
 */
export function useBasis(recipe: Recipe, { source, result, explained, pairs }: Answers): Basis | undefined {
  const isSettled = pairs && !source.busy && !result.busy && !explained.busy && !result.problem;
  const told = explained.problem ? undefined : explained.answer?.making?.source;
  const size = told ?? source.answer;
  const shown = result.answer;
  const basis = useMemo(
    () =>
      isSettled && size && shown ? { recipe, source: size, result: shown, mayMove: told?.frames !== 1 } : undefined,
    [isSettled, recipe, size, shown, told],
  );
  const held = useRef<Basis | undefined>(undefined);
  if (basis || !pairs) held.current = basis;
  return held.current;
}
