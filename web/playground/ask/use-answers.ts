import { useMemo } from "preact/hooks";
import type { Pair } from "../../../client/parameters.ts";
import type { Explanation } from "../../../src/image/explanation.ts";
import { address, parametersOf, type Signing } from "../model/address.ts";
import type { Recipe } from "../model/recipe.ts";
import { explain } from "./explain.ts";
import { type Problem, problemOf } from "./problem.ts";
import { type Rendering, render } from "./rendering.ts";
import { type Asked, useAnswer } from "./use-answer.ts";
import { type Requests, useSigned } from "./use-signed.ts";

export interface Answers {
  readonly source: Asked<Rendering>;
  readonly result: Asked<Rendering>;
  /** What goes into the card that is being cropped. */
  readonly input: Asked<Rendering>;
  readonly explained: Asked<Explanation>;
  /** The request for the result; absent while there is none. */
  readonly pairs: readonly Pair[] | undefined;
}

/** A slider rests so long between two moves. */
const REST_MS = 120;
/** The explanation is read, not watched. */
const LONG_REST_MS = 300;

export interface Wish {
  readonly recipe: Recipe;
  /** Place of the card that is being cropped; -1: none is. */
  readonly cropped: number;
  readonly signing: Signing | undefined;
  /** Each may have put another picture under a name. */
  readonly uploads: number;
}

/** Everything that the Worker is asked while a recipe changes. */
export function useAnswers({ recipe, cropped, signing, uploads }: Wish): Answers {
  const { requests, problem } = useMemo(() => requestsFor(recipe, cropped), [recipe, cropped]);
  const signed = useSigned(requests, signing);
  const nothing = recipe.source === "";
  const ask = (at: number, route?: "explain") =>
    nothing ? "" : signed?.[at] && address(signed[at], route ?? "display");
  const result = useAnswer(ask(0), render, REST_MS, uploads);
  return {
    result: problem ? { ...result, problem, busy: false } : result,
    source: useAnswer(ask(1), render, 0, uploads),
    input: useAnswer(cropped > 0 ? ask(2) : "", render, 0, uploads),
    explained: useAnswer(ask(0, "explain"), explain, LONG_REST_MS, uploads),
    pairs: nothing || problem ? undefined : signed?.[0],
  };
}

/** For the result, the source as it is, and what the card `cropped` gets; none where no URL can say it. */
function requestsFor(recipe: Recipe, cropped: number): { readonly requests: Requests; readonly problem?: Problem } {
  const upTo = (end: number): Recipe => ({ ...recipe, cards: recipe.cards.slice(0, end), output: {} });
  try {
    return { requests: [recipe, upTo(0), upTo(Math.max(0, cropped))].map(parametersOf) };
  } catch (thrown) {
    return { requests: [], problem: problemOf(thrown) };
  }
}
