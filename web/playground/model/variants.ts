import type { Size } from "../../../src/transform/image.ts";
import { type Card, newCard, type Recipe, withText } from "./recipe.ts";
import { planOf, sizesAlong } from "./sizes.ts";
import { RECTANGLE } from "./table.ts";

/** The same picture at another width. */
export interface Variant {
  readonly recipe: Recipe;
  readonly width: number;
}

/** Of a result that `srcset` offers: for small screens, as asked, for dense ones. */
const FACTORS = [0.5, 1, 2];
/** Where nothing scales, the result is as large as it gets. */
const SMALLER = [0.25, 0.5, 1];

/** From narrow to wide, none twice. */
export function variantsOf(recipe: Recipe, source: Size): readonly Variant[] {
  const at = scaling(recipe.cards, source);
  const recipes =
    at === -1 ? SMALLER.map((factor) => reduced(recipe, source, factor)) : FACTORS.map((by) => scaled(recipe, at, by));
  const variants = recipes.map((made) => ({ recipe: made, width: sizesAlong(made.cards, source).at(-1)?.width ?? 0 }));
  return variants.filter(
    ({ width }, index) => width > 0 && variants.findIndex((other) => other.width === width) === index,
  );
}

/** The first card that scales: pixels of all further cards are those of its result. */
function scaling(cards: readonly Card[], source: Size): number {
  const sizes = sizesAlong(cards, source);
  return cards.findIndex((card, at) => planOf(card, sizes[at])?.steps.some((step) => step.do === "resample"));
}

const scaled = (recipe: Recipe, from: number, factor: number): Recipe => ({
  ...recipe,
  cards: recipe.cards.map((card, at) => (at < from || factor === 1 ? card : withPixels(card, factor))),
});

const withPixels = (card: Card, factor: number): Card => ({
  ...card,
  texts: RECTANGLE.reduce((texts, name) => {
    const pixels = Number(texts[name] ?? Number.NaN);
    return Number.isFinite(pixels) ? withText(texts, name, String(Math.round(pixels * factor))) : texts;
  }, card.texts),
});

function reduced(recipe: Recipe, source: Size, factor: number): Recipe {
  const width = sizesAlong(recipe.cards, source).at(-1)?.width ?? 0;
  if (factor === 1) return recipe;
  const resize = newCard("resize", { width: String(Math.max(1, Math.round(width * factor))) });
  return { ...recipe, cards: [...recipe.cards, resize] };
}
