import type { Client } from "./edgefit.ts";
import type { Output } from "./edit.ts";
import { sourceOf, toEdit, type Wish } from "./framework.ts";

/** What Astro hands to an image service, beside attributes of the `<img>`. */
export interface AstroTransform extends Wish {
  /** A name in the source storage, an address, or what an import of a picture gives. */
  readonly src: string | { readonly src: string };
  readonly widths?: readonly number[] | undefined;
  readonly [attribute: string]: unknown;
}

/** What Astro wants of an external image service. */
export interface AstroService {
  getURL(transform: AstroTransform): string | Promise<string>;
  getSrcSet(transform: AstroTransform): { transform: AstroTransform; descriptor: string }[];
  getHTMLAttributes(transform: AstroTransform): Record<string, unknown>;
}

/** Astro's words for a quality. */
const QUALITIES: Readonly<Record<string, number>> = { low: 25, mid: 50, high: 80, max: 100 };

/** It runs where pages are made, so a client that signs is as good. */
export const astroService = (client: Client, output: Output = {}): AstroService => ({
  getURL: ({ src, quality, ...wish }) =>
    client.url(
      sourceOf(typeof src === "string" ? src : src.src),
      toEdit({ ...wish, quality: QUALITIES[String(quality)] ?? quality }, output),
    ),
  getSrcSet: ({ widths = [], ...transform }) =>
    widths.map((width) => ({ transform: narrowed(transform, width), descriptor: `${width}w` })),
  getHTMLAttributes: ({ src, format, quality, fit, widths, densities, formats, ...attributes }) => ({
    loading: "lazy",
    decoding: "async",
    ...attributes,
  }),
});

/** Of the same shape. */
function narrowed(transform: AstroTransform, to: number): AstroTransform {
  const height = (to * Number(transform.height)) / Number(transform.width);
  return { ...transform, width: to, height: Math.round(height) || undefined };
}
