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

/** MAX_OUTPUT_PIXELS and MAX_AVIF_PIXELS as they are when nobody has set them: beyond, there is no picture. */
const MOST_PIXELS = 12_000_000;
const MOST_AVIF_PIXELS = 3_000_000;
/** MAX_OUTPUT_SIDE, likewise. */
const LONGEST_SIDE = 8192;

/** From narrow to wide, none twice, none that the Worker would refuse. */
export function variantsOf(recipe: Recipe, source: Size): readonly Variant[] {
  const at = scaling(recipe.cards, source);
  const recipes =
    at === -1 ? SMALLER.map((factor) => reduced(recipe, source, factor)) : FACTORS.map((by) => scaled(recipe, at, by));
  const variants = recipes.map((made) => ({ recipe: made, size: resultOf(made, source) }));
  return variants
    .filter(({ size }) => isPossible(size, recipe.output.format))
    .filter(({ size }, index, all) => all.findIndex((other) => other.size.width === size.width) === index)
    .map(({ recipe: made, size }) => ({ recipe: made, width: size.width }));
}

const resultOf = ({ cards }: Recipe, source: Size): Size => sizesAlong(cards, source)[cards.length];

const isPossible = ({ width, height }: Size, format: string | undefined): boolean =>
  Math.max(width, height) <= LONGEST_SIDE && width * height <= (format === "avif" ? MOST_AVIF_PIXELS : MOST_PIXELS);

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
  if (factor === 1) return recipe;
  const { width } = resultOf(recipe, source);
  const resize = newCard("resize", { width: String(Math.max(1, Math.round(width * factor))) });
  return { ...recipe, cards: [...recipe.cards, resize] };
}
