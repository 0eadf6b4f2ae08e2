import { OPERATIONS } from "../../../src/operation/operations.ts";
import type { OptionName } from "../../../src/operation/option.ts";

/** Texts of options, as somebody filled them in; an absent one is not given. */
export type Texts = Readonly<Partial<Record<OptionName, string>>>;

/** One operation of the chain. */
export interface Card {
  /** Tells cards of one name apart; in no URL. */
  readonly id: number;
  readonly operation: string;
  readonly texts: Texts;
  /** Pictures that the operation draws. */
  readonly paths: readonly string[];
}

/** All that the page asks for. */
export interface Recipe {
  /** A name in the source storage, or an http address; empty: nothing chosen yet. */
  readonly source: string;
  readonly cards: readonly Card[];
  readonly output: Texts;
}

let lastId = 0;

export const newCard = (operation: string, texts: Texts, paths: readonly string[] = []): Card => ({
  id: ++lastId,
  operation,
  texts,
  paths,
});

/** A card that shows something at once. */
export const exampleCard = (operation: string): Card => newCard(operation, OPERATIONS.get(operation)?.example ?? {});

/** An empty text is not given. */
export function withText(texts: Texts, option: OptionName, text: string): Texts {
  const { [option]: _, ...others } = texts;
  return text === "" ? others : { ...texts, [option]: text };
}

export const withCard = (recipe: Recipe, card: Card): Recipe => ({
  ...recipe,
  cards: recipe.cards.map((other) => (other.id === card.id ? card : other)),
});

export const withoutCard = (recipe: Recipe, id: number): Recipe => ({
  ...recipe,
  cards: recipe.cards.filter((card) => card.id !== id),
});

/** The card `id` at the place `to`, which may lie outside: then at that end. */
export function moved({ cards, ...rest }: Recipe, id: number, to: number): Recipe {
  const others = cards.filter((card) => card.id !== id);
  const place = Math.max(0, Math.min(others.length, to));
  const taken = cards.filter((card) => card.id === id);
  return { ...rest, cards: [...others.slice(0, place), ...taken, ...others.slice(place)] };
}
