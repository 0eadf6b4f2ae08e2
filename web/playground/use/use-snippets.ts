import { useMemo } from "preact/hooks";
import type { Format } from "../../../client/edit.ts";
import { FORMATS } from "../../../client/formats.ts";
import type { Size } from "../../../src/transform/image.ts";
import { useSigned } from "../ask/use-signed.ts";
import { address, parametersOf, pathAddress, type Signing } from "../model/address.ts";
import type { Recipe } from "../model/recipe.ts";
import { type Candidate, curlSnippet, imgSnippet, pictureSnippet } from "../model/snippets.ts";
import { variantsOf } from "../model/variants.ts";

export interface Snippets {
  readonly img: string;
  readonly picture: string;
  readonly curl: string;
}

interface Basis {
  readonly recipe: Recipe;
  /** Of the source, as it is shown. */
  readonly source: Size;
  readonly result: Size;
  /** Formats are not changed where that would lose frames. */
  readonly animated: boolean;
}

/** Offered to browsers that know them, the smallest first. */
const MODERN: readonly Format[] = ["avif", "webp"];

/** Snippets for what is shown; absent while something is missing. */
export function useSnippets(basis: Basis | undefined, signing: Signing | undefined): Snippets | undefined {
  const plan = useMemo(() => basis && planOf(basis), [basis]);
  const signed = useSigned(plan?.requests ?? [], signing);
  if (!basis || !plan || signed?.length !== plan.requests.length) return undefined;
  const urls = signed.map((pairs) => location.origin + (pathAddress(pairs) ?? address(pairs)));
  const candidates = (from: number): Candidate[] =>
    plan.widths.map((width, index) => ({ url: urls[1 + from * plan.widths.length + index], width }));
  const offers = plan.formats.map((format, index) => ({
    ...(format && { mime: FORMATS[format] }),
    candidates: candidates(index),
  }));
  const [url] = urls;
  return {
    img: imgSnippet(url, candidates(plan.formats.length - 1), basis.result),
    picture: pictureSnippet(url, offers, basis.result),
    curl: curlSnippet(url, fileName(basis.recipe)),
  };
}

/** First the result itself, then every width in every format, the format that was asked for last. */
function planOf({ recipe, source, animated }: Basis) {
  const variants = variantsOf(recipe, source);
  const own = recipe.output.format;
  const formats = [...(animated ? [] : MODERN.filter((format) => format !== own)), undefined];
  const requests = formats.flatMap((format) =>
    variants.map((variant) => parametersOf(format ? inFormat(variant.recipe, format) : variant.recipe)),
  );
  return { formats, widths: variants.map(({ width }) => width), requests: [parametersOf(recipe), ...requests] };
}

const inFormat = (recipe: Recipe, format: Format): Recipe => ({ ...recipe, output: { ...recipe.output, format } });

/** Safe in a shell. */
function fileName({ source, output }: Recipe): string {
  const [name, extension = "png"] = (source.split(/[/?#]/).findLast((part) => part !== "") ?? "").split(/\.(?=\w+$)/);
  return `${name.replaceAll(/[^\w-]/g, "_") || "result"}.${output.format ?? extension.replaceAll(/\W/g, "")}`;
}
