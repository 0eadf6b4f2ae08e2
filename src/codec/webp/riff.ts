/** One chunk of a RIFF file: where its payload lies, cut to what the file holds. */
export interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Bytes of payload that the chunk says it has. */
  readonly declaredBytes: number;
}

const CHUNK_HEADER_BYTES = 8;
/** Many times what 500 frames need; a file of millions of empty chunks is not worth reading to its end. */
const MAX_CHUNKS = 20_000;

/** The first `limit` chunks that begin in [start, end) (RFC 9649 §2.3). */
export function chunksOf(view: DataView, start: number, end: number, limit = MAX_CHUNKS): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = start; at + CHUNK_HEADER_BYTES <= end && chunks.length < limit; ) {
    const declaredBytes = view.getUint32(at + 4, true);
    const payload = at + CHUNK_HEADER_BYTES;
    chunks.push({ name: fourCc(view, at), start: payload, end: Math.min(end, payload + declaredBytes), declaredBytes });
    at = payload + declaredBytes + (declaredBytes & 1);
  }
  return chunks;
}

export function fourCc(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** A little-endian number of 24 bits. */
export function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
