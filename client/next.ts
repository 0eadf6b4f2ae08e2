import type { Client } from "./edgefit.ts";
import type { Output } from "./edit.ts";
import { sourceOf, toEdit } from "./framework.ts";

/** What `next/image` hands to its loader. */
export interface NextLoaderProps {
  readonly src: string;
  readonly width: number;
  readonly quality?: number | undefined;
}

/** The loader of Next.js. It runs in browsers too and waits for nothing, so it cannot sign. */
export const nextLoader =
  (client: Client<false>, output: Output = {}) =>
  ({ src, ...wish }: NextLoaderProps): string =>
    client.url(sourceOf(src), toEdit(wish, output));
