import { addressOf, type Form, type Route } from "../../../client/address.ts";
import type { Edit, Output } from "../../../client/edit.ts";
import { type Pair, toParameters } from "../../../client/parameters.ts";
import { type Algorithm, sign } from "../../../client/sign.ts";
import type { Recipe } from "./recipe.ts";

/** What somebody pasted to have URLs signed. Kept in memory alone, sent to nobody. */
export interface Signing {
  readonly secret: string;
  readonly algorithm: Algorithm;
}

/** Parameters of a request for what a recipe says. @throws RangeError where no URL can say it */
export function parametersOf({ source, cards, output }: Recipe): readonly Pair[] {
  const from = /^https?:\/\//i.test(source) ? { url: source } : source;
  const chain = cards.map(({ operation, texts, paths }) => ({ op: operation, ...texts, paths }));
  // The names are of the same tables as the types; a text that is no value is for the Worker to refuse.
  return toParameters(from, (chain.length > 0 ? chain : {}) as unknown as Edit, output as unknown as Output);
}

export const signed = (pairs: readonly Pair[], { secret, algorithm }: Signing): Promise<readonly Pair[]> =>
  sign(pairs, secret, algorithm);

/** Address without a host. */
export const address = (pairs: readonly Pair[], route: Route = "display", form: Form = "query"): string =>
  addressOf(pairs, route, form);

/** Absent where only a query can say it. */
export function pathAddress(pairs: readonly Pair[]): string | undefined {
  const path = addressOf(pairs, "display", "path");
  return path === addressOf(pairs, "display", "query") ? undefined : path;
}
