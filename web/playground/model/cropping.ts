import { OPERATIONS } from "../../../src/operation/operations.ts";
import type { Size } from "../../../src/transform/image.ts";
import { type Card, newCard, type Recipe } from "./recipe.ts";
import { withRectangle } from "./rectangle.ts";
import { takesRectangle } from "./table.ts";

const isCrop = ({ operation }: Card): boolean => takesRectangle(OPERATIONS.get(operation));

/** A recipe with a rectangle to drag, and the card that it belongs to: the first there is, or one for all of the source. */
export function withCrop(recipe: Recipe, source: Size): { readonly recipe: Recipe; readonly card: Card } | undefined {
  const present = recipe.cards.find(isCrop);
  if (present) return { recipe, card: present };
  const operation = [...OPERATIONS].find(([, entry]) => takesRectangle(entry))?.[0];
  if (operation === undefined) return undefined;
  const card = newCard(operation, withRectangle({}, { left: 0, top: 0, ...source }));
  return { recipe: { ...recipe, cards: [card, ...recipe.cards] }, card };
}
