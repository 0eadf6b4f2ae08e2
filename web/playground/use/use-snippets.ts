import { useMemo } from "preact/hooks";
import type { Format } from "../../../client/edit.ts";
import { FORMATS } from "../../../client/formats.ts";
import { useSigned } from "../ask/use-signed.ts";
import { address, parametersOf, pathAddress, type Signing } from "../model/address.ts";
import type { Recipe } from "../model/recipe.ts";
import { type Candidate, curlSnippet, imgSnippet, pictureSnippet } from "../model/snippets.ts";
import { type Variant, variantsOf } from "../model/variants.ts";
import type { Basis } from "./use-basis.ts";

export interface Snippets {
  readonly img: string;
  readonly picture: string;
  readonly curl: string;
}

/** Offered to browsers that know them, the smallest first. */
const MODERN: readonly Format[] = ["avif", "webp"];

/** Snippets for what is shown; absent while something is missing. */
export function useSnippets(basis: Basis | undefined, signing: Signing | undefined): Snippets | undefined {
  const plan = useMemo(() => basis && planOf(basis), [basis]);
  const signed = useSigned(plan?.requests ?? [], signing);
  if (!basis || !plan || signed?.length !== plan.requests.length) return undefined;
  const [url, ...urls] = signed.map((pairs) => location.origin + (pathAddress(pairs) ?? address(pairs)));
  const offers = plan.offers.map(({ format, variants, from }) => ({
    ...(format && { mime: FORMATS[format] }),
    candidates: variants.map(({ width }, index): Candidate => ({ url: urls[from + index], width })),
  }));
  return {
    img: imgSnippet(url, offers[offers.length - 1].candidates, basis.result),
    picture: pictureSnippet(
      url,
      offers.filter(({ candidates }) => candidates.length > 0),
      basis.result,
    ),
    curl: curlSnippet(url, fileName(basis.recipe)),
  };
}

interface PlannedOffer {
  /** Absent: the one that was asked for. */
  readonly format: Format | undefined;
  readonly variants: readonly Variant[];
  /** Place of its first request among all. */
  readonly from: number;
}

/** What is offered, the best first, and the requests for it: that for the result itself before all others. */
function planOf({ recipe, source, mayMove }: Basis) {
  const formats = [...(mayMove ? [] : MODERN.filter((format) => format !== recipe.output.format)), undefined];
  const offers: PlannedOffer[] = [];
  for (const format of formats) {
    const variants = variantsOf(format ? inFormat(recipe, format) : recipe, source);
    const { from = 0, variants: before = [] } = offers.at(-1) ?? {};
    offers.push({ format, variants, from: from + before.length });
  }
  const requests = offers.flatMap(({ variants }) => variants.map((variant) => parametersOf(variant.recipe)));
  return { offers, requests: [parametersOf(recipe), ...requests] };
}

const inFormat = (recipe: Recipe, format: Format): Recipe => ({ ...recipe, output: { ...recipe.output, format } });

/** Safe in a shell. */
function fileName({ source, output }: Recipe): string {
  const [name, extension = "png"] = (source.split(/[/?#]/).findLast((part) => part !== "") ?? "").split(/\.(?=\w+$)/);
  return `${name.replaceAll(/[^\w-]/g, "_") || "result"}.${output.format ?? extension.replaceAll(/\W/g, "")}`;
}
