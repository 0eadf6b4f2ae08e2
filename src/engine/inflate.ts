import { createEngine, type EngineMemory } from "./engine.ts";

export interface InflateExports {
  pngInflateStart(start: number): void;
  pngInflateInput(from: number, to: number, isLast: boolean): void;
  pngInflateLeft(): number;
  pngInflateOut(): number;
  pngInflateMoved(distance: number, start: number): void;
  pngInflate(target: number): number;
}

/** Copies the next compressed bytes into `into` and says how many: fewer than its length only at their end. */
export type Fill = (into: Uint8Array) => number;

/** A zlib stream (RFC 1950) inflated piece by piece. Addresses are of the engine's memory. */
export interface Inflater {
  /** Inflates until `bytes` more, at most the room, lie in a row; fewer where the stream ends or is damaged. */
  need(bytes: number): { readonly at: number; readonly length: number };
  /** Gives up the first `bytes` of what was inflated. */
  skip(bytes: number): void;
}

const INPUT_BYTES = 65_536;
/** How far back a match may reach. */
const WINDOW_BYTES = 32_768;
/** The longest match and a vector, which may stand beyond what was asked for. */
const SURPLUS_BYTES = 512;
/** Zeros behind the last input, which the decoder may look at. */
const PADDING_BYTES = 32;
const HUNGRY = 1;

export const inflaterBytes = (room: number): number => INPUT_BYTES + WINDOW_BYTES + room + 2 * SURPLUS_BYTES;

export function createInflater(engine: EngineMemory & InflateExports, room: number, fill: Fill): Inflater {
  const feed = createFeed(engine, fill);
  const buffer = engine.alloc(WINDOW_BYTES + room + SURPLUS_BYTES);
  let start = buffer;
  engine.pngInflateStart(buffer);

  /** Makes room behind `start` by moving it, and the window before it, to the front. */
  function makeRoom(): void {
    const from = Math.max(buffer, start - WINDOW_BYTES);
    if (from === buffer) return;
    new Uint8Array(engine.memory.buffer).copyWithin(buffer, from, engine.pngInflateOut());
    start -= from - buffer;
    engine.pngInflateMoved(from - buffer, buffer);
  }

  return {
    need(bytes) {
      if (start + bytes > buffer + WINDOW_BYTES + room) makeRoom();
      while (engine.pngInflate(start + bytes) === HUNGRY) feed();
      return { at: start, length: Math.min(bytes, engine.pngInflateOut() - start) };
    },
    skip(bytes) {
      start += bytes;
    },
  };
}

/** Keeps the rest of the input and appends to it. */
function createFeed(engine: EngineMemory & InflateExports, fill: Fill): () => void {
  const from = engine.alloc(INPUT_BYTES + PADDING_BYTES);
  let to = from;
  return () => {
    const memory = new Uint8Array(engine.memory.buffer, from, INPUT_BYTES + PADDING_BYTES);
    const left = engine.pngInflateLeft();
    memory.copyWithin(0, to - from - left, to - from);
    const filled = left + fill(memory.subarray(left, INPUT_BYTES));
    memory.fill(0, filled, filled + PADDING_BYTES);
    to = from + filled;
    engine.pngInflateInput(from, to, filled < INPUT_BYTES);
  };
}

/** At most the first `bytes` bytes of a zlib stream; fewer where it ends or is damaged. */
export function inflatePart(compressed: Uint8Array, bytes: number): Uint8Array {
  const engine = createEngine<InflateExports>();
  try {
    const { at, length } = createInflater(engine, bytes, reading(compressed)).need(bytes);
    return new Uint8Array(engine.memory.buffer, at, length).slice();
  } finally {
    engine.close();
  }
}

function reading(bytes: Uint8Array): Fill {
  let at = 0;
  return (into) => {
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    at += part.length;
    return part.length;
  };
}
