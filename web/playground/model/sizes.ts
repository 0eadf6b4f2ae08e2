import type { OperationPlan } from "../../../src/operation/operation.ts";
import { OPERATIONS } from "../../../src/operation/operations.ts";
import { readValues } from "../../../src/operation/values.ts";
import type { Size } from "../../../src/transform/image.ts";
import type { Card } from "./recipe.ts";
import { optionNamed, shortName } from "./table.ts";

/** What the Worker will plan for a card; absent where it will refuse it. */
export function planOf(card: Card, size: Size): OperationPlan | undefined {
  const given = (name: string) => {
    const option = optionNamed(name);
    return option && shortName(option) === name ? card.texts[option] : undefined;
  };
  try {
    return OPERATIONS.get(card.operation)?.read(readValues(given, card.paths)).plan(size);
  } catch {
    return undefined;
  }
}

/** Size of what goes into each card, and, as the last one, of what comes out. A card that will be refused counts as none. */
export const sizesAlong = (cards: readonly Card[], source: Size): readonly Size[] =>
  cards.reduce<Size[]>(
    (sizes, card) => sizes.concat(planOf(card, sizes[sizes.length - 1])?.size ?? sizes[sizes.length - 1]),
    [source],
  );
