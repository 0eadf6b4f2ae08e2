/** Numbers in 0 … 1 that depend on `seed` alone (xorshift32). */
export function random(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** A copy of `bytes` with 1–6 bytes changed, and sometimes cut or with a piece doubled. */
export function mutate(bytes: Uint8Array, next: () => number): Uint8Array {
  const place = (): number => Math.floor(next() * bytes.length);
  const changed = bytes.slice();
  for (let left = 1 + Math.floor(next() * 6); left > 0; left--) changed[place()] = Math.floor(next() * 256);
  const way = next();
  if (way < 0.1) return changed.subarray(0, place());
  if (way > 0.1 && way < 0.2) return Uint8Array.from([...changed.subarray(0, place()), ...changed.subarray(place())]);
  return changed;
}
