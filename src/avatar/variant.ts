/** A named size, and its side in pixels. */
export interface Variant {
  readonly name: "small" | "medium" | "large" | "original";
  readonly px: number;
}

/** From small to large. */
export const VARIANTS: readonly Variant[] = [
  { name: "small", px: 128 },
  { name: "medium", px: 256 },
  { name: "large", px: 512 },
  { name: "original", px: 1024 },
];

const [SMALL, MEDIUM, , ORIGINAL] = VARIANTS;

/** A name, or an integer rounded up to the next named size, the last one for all beyond it. Anything else: medium. */
export function parseVariant(text: string | undefined): Variant {
  const named = VARIANTS.find(({ name }) => name === text);
  if (named) return named;
  if (text === undefined || !/^[0-9]{1,9}$/.test(text)) return MEDIUM;
  return VARIANTS.find(({ px }) => px >= Number(text)) ?? ORIGINAL;
}

/** Those that a picture of `side` pixels fills; small is always offered. */
export const offeredVariants = (side: number): Variant[] =>
  VARIANTS.filter((variant) => variant === SMALL || variant.px <= side);

/** `wanted` where it is offered, else the largest that is. */
export function bestVariant(side: number, wanted: Variant = ORIGINAL): Variant {
  return offeredVariants(side).findLast(({ px }) => px <= wanted.px) ?? SMALL;
}
