import { HttpError } from "../../src/error.ts";

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SPECIAL = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff];

/** `count` damaged copies of `originals`: bytes changed, most of them early in the file, or the end cut off. */
export function* mutants(originals: readonly Uint8Array[], count: number, seed: number): Generator<Uint8Array> {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let i = 0; i < count; i++) {
    const bytes = originals[i % originals.length].slice();
    for (let changes = below(6); changes >= 0; changes--) {
      const at = below(random() < 0.7 ? Math.min(bytes.length, 80) : bytes.length);
      bytes[at] = random() < 0.5 ? SPECIAL[below(SPECIAL.length)] : below(256);
    }
    yield random() < 0.2 ? bytes.subarray(0, below(bytes.length)) : bytes;
  }
}

/** What `action` throws, unless it is the refusal that damaged input may cause: an `HttpError` of 4xx. */
export async function unexpectedFailure(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof HttpError && error.status >= 400 && error.status < 500)) return error ?? "nothing";
  }
  return undefined;
}
