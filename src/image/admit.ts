import type { Admit } from "../platform/bounded.ts";
import type { Hold } from "../platform/budget.ts";

/** Nearly every header is shorter, profile and EXIF included; a network gives no less at a time. */
export const HEAD_BYTES = 65_536;

/** What a source and its derivative hold of the isolate's memory. */
export interface Memory {
  /** For the beginning of a source, until the source itself is counted. */
  readonly looking: Hold;
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
  { looking, loading, making }: Memory,
  { maxSourceBytes }: { readonly maxSourceBytes: number },
): Admit {
  let counted = false;

  /** Also where a source is asked for a second time, since nothing of it came. */
  async function look(): Promise<number> {
    looking.end();
    await looking.take(HEAD_BYTES);
    return HEAD_BYTES;
  }

  async function count(sizeBytes: number): Promise<void> {
    if (!counted) await loading.take(sizeBytes);
    counted = true;
    looking.end();
  }

  return async ({ head, whole, sizeBytes = maxSourceBytes / UNKNOWN_SHARE }) => {
    if (head.length === 0 && !whole) return look();
    const makingBytes = whole ? undefined : forecast(head, sizeBytes);
    await count(sizeBytes);
    if (makingBytes !== undefined) await making.take(makingBytes);
    const isTooShort = makingBytes === undefined && !whole;
    return isTooShort && head.length <= HEAD_BYTES ? LARGE_HEAD_BYTES : undefined;
  };
}

/** Of a picture that is drawn over another, which has its memory already: refuses what will be refused anyway. */
export const checkedBy =
  (check: (head: Uint8Array) => void): Admit =>
  async ({ head, whole }) => {
    if (head.length === 0 && !whole) return HEAD_BYTES;
    check(head);
    return undefined;
  };
