// Text to be pasted into a page or a terminal.
import type { Size } from "../../../src/transform/image.ts";

/** A URL and the width of its picture. */
export interface Candidate {
  readonly url: string;
  readonly width: number;
}

export interface Offer {
  /** As in `type="image/avif"`; absent: for every browser. */
  readonly mime?: string;
  readonly candidates: readonly Candidate[];
}

const inAttribute = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

const srcset = (candidates: readonly Candidate[], indent: string): string =>
  candidates.map(({ url, width }) => `\n${indent}${inAttribute(url)} ${width}w`).join(",");

/** As wide as the screen, and no wider than the picture was asked for. */
const sizes = (width: number): string => `(max-width: ${width}px) 100vw, ${width}px`;

export const imgSnippet = (url: string, candidates: readonly Candidate[], { width, height }: Size): string =>
  [
    `<img src="${inAttribute(url)}"`,
    ...(candidates.length > 0 ? [`  srcset="${srcset(candidates, "    ")}"`, `  sizes="${sizes(width)}"`] : []),
    `  width="${width}" height="${height}" alt="" loading="lazy">`,
  ].join("\n");

/** The browser takes the first offer that it knows the type of. */
export const pictureSnippet = (url: string, offers: readonly Offer[], { width, height }: Size): string =>
  [
    "<picture>",
    ...offers.map(
      ({ mime, candidates }) =>
        `  <source${mime ? ` type="${mime}"` : ""} sizes="${sizes(width)}"\n    srcset="${srcset(candidates, "      ")}">`,
    ),
    `  <img src="${inAttribute(url)}"`,
    `    width="${width}" height="${height}" alt="" loading="lazy">`,
    "</picture>",
  ].join("\n");

/** For a POSIX shell. */
export const curlSnippet = (url: string, name: string): string => `curl -o ${name} '${url.replaceAll("'", "'\\''")}'`;
