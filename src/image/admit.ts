import { type Admit, HEAD_BYTES } from "../platform/bounded.ts";
import type { Hold } from "../platform/budget.ts";

/** What a source and its derivative hold of the isolate's memory. */
export interface Memory {
  /** For the source, from when it is read until its derivative is stored. */
  readonly loading: Hold;
  /** For making the derivative. */
  readonly making: Hold;
}

/** Bytes that making a derivative will take; undefined where so little of the source does not tell. Throws to refuse. */
export type Forecast = (head: Uint8Array, sizeBytes: number) => number | undefined;

/** A header behind a large profile, preview or directory; whoever hides it deeper is read whole before it is known. */
const LARGE_HEAD_BYTES = 1_048_576;

/** Sources of unknown length are rarely as long as they may be. */
const UNKNOWN_SHARE = 4;

/**
 * Header first: looks at the beginning of a source, refuses what will be refused anyway, and else lets it into memory
 * once there is room for it and for what will be made of it. Of a source that is there already only itself counts: what
 * will be made of it is known exactly as soon as it is opened.
 */
export function admitBy(
  forecast: Forecast,
  { loading, making }: Memory,
  { maxSourceBytes }: { readonly maxSourceBytes: number },
): Admit {
  let counted = false;
  return async ({ head, whole, sizeBytes = maxSourceBytes / UNKNOWN_SHARE }) => {
    const makingBytes = whole ? undefined : forecast(head, sizeBytes);
    if (!counted) await loading.take(sizeBytes);
    counted = true;
    if (makingBytes !== undefined) await making.take(makingBytes);
    const isTooShort = makingBytes === undefined && !whole;
    return isTooShort && head.length <= HEAD_BYTES ? LARGE_HEAD_BYTES : undefined;
  };
}
