/** Bytes that grow: kept in pieces, joined once. */
export interface ByteSink {
  /** Copies `bytes`. */
  append(bytes: Uint8Array): void;
  pieces(): readonly Uint8Array[];
}

/** A piece is twice as long as the one before it. */
const FIRST_BYTES = 8_192;
const MOST_BYTES = 65_536;

export function createByteSink(): ByteSink {
  const full: Uint8Array[] = [];
  let piece = new Uint8Array(FIRST_BYTES);
  let filled = 0;
  return {
    append(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const part = bytes.subarray(from, from + piece.length - filled);
        piece.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled < piece.length) continue;
        full.push(piece);
        piece = new Uint8Array(Math.min(MOST_BYTES, piece.length * 2));
        filled = 0;
      }
    },
    pieces: () => [...full, piece.subarray(0, filled)],
  };
}

/** One new array of all `pieces`. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
