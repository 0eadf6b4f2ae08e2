import { expect } from "vitest";

/**
 * Whether two arrays hold the same bytes; undefined where that is not what is compared, and where they do not, so that
 * the differences are shown as ever.
 */
export function equalBytes(a: unknown, b: unknown): true | undefined {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return undefined;
  if (a.constructor !== b.constructor || a.length !== b.length) return undefined;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return undefined;
  return true;
}

// expect() makes a text of every index, to see whether there are other keys: for a picture that takes a second.
expect.addEqualityTesters([equalBytes]);
