import type { EngineMemory } from "./engine.ts";
import { acrossTable, PAIR_BYTES, type PairTaps } from "./pair-tables.ts";

/** Exports of src/engine/assembly/planes.ts. */
export interface PlaneKernel {
  planePairs(component: number, y: number, left: number, columns: number, to: number): void;
  planeAcross(
    ...across: [pairs: number, taps: number, count: number, outputs: number, to: number, lineBytes: number]
  ): void;
  planeDown(
    ...down: [
      ...[first: number, lineBytes: number, ringEnd: number, ringBytes: number],
      ...[taps: number, count: number, outputs: number, to: number, fine: boolean],
    ]
  ): void;
  planeEdge(row: number, outputs: number, width: number): void;
}

/** Rows that go across at once, and the lines of two rows that they make. */
export const BATCH_ROWS = 16;
const BATCH_LINES = 8;
/** Two samples of 16 bits. */
const LINE_SAMPLE_BYTES = 4;
/** Samples are read, and written, so many at a time. */
const VECTOR = 16;

/** What is made of one component: its sources are the `sources` of the taps, from `left` and `top` on. */
export interface PlaneShape {
  readonly component: number;
  /** Results are written from the last row up; they all fit in the target then. */
  readonly upsideDown: boolean;
  readonly left: number;
  readonly top: number;
  readonly across: PairTaps;
  readonly down: PairTaps;
}

/** Where results go: `rows` of them at a time, `stride` bytes apart. */
export interface PlaneTarget {
  readonly at: number;
  readonly stride: number;
  /** Each row is filled up to so many samples. */
  readonly width: number;
  readonly rows: number;
  /** Two bytes a sample, with fraction bits (src/engine/assembly/planes.ts); such rows are not filled up. */
  readonly fine: boolean;
}

/** Batches that must have gone across before the outputs up to and with `output` can be made. */
export const batchesUpTo = ({ first, count }: PairTaps, output: number): number =>
  Math.ceil((first[output] + count[output]) / BATCH_LINES);

/** The most batches that an output is made from, those ahead of it included. */
function mostBatches(down: PairTaps): number {
  let most = 1;
  let taken = 0;
  for (let output = 0; output < down.outputs; output++) {
    taken = Math.max(taken, batchesUpTo(down, output));
    most = Math.max(most, taken - Math.floor(down.first[output] / BATCH_LINES));
  }
  return most;
}

const lineBytesOf = ({ outputs }: PairTaps): number => roundUp(outputs, VECTOR) * LINE_SAMPLE_BYTES;

const pairsBytes = ({ sources, most }: PairTaps): number => (roundUp(sources, VECTOR) / 2 + most) * PAIR_BYTES;

const ringBytesOf = ({ across, down }: PlaneShape): number => mostBatches(down) * BATCH_LINES * lineBytesOf(across);

/** Memory that a filter of `shape` takes at most: its tables three times, as made, as packed, and in the engine. */
export function planeFilterBytes(shape: PlaneShape): number {
  const { across, down } = shape;
  const tables = across.outputs * (across.most + 1) * 4 + down.weights.byteLength;
  return pairsBytes(across) + ringBytesOf(shape) + 3 * tables + 64;
}

/** Scales one component: across as its rows are decoded, then down. Few rows are kept, two bytes a sample. */
export class PlaneFilter {
  readonly #engine: EngineMemory & PlaneKernel;
  readonly #shape: PlaneShape;
  readonly #target: PlaneTarget;
  readonly #pairs: number;
  readonly #across: number;
  readonly #down: number;
  readonly #ring: number;
  readonly #ringBytes: number;
  readonly #lineBytes: number;
  #batches = 0;
  #done = 0;

  constructor(engine: EngineMemory & PlaneKernel, shape: PlaneShape, target: PlaneTarget) {
    this.#engine = engine;
    this.#shape = shape;
    this.#target = target;
    this.#lineBytes = lineBytesOf(shape.across);
    this.#ringBytes = ringBytesOf(shape);
    this.#pairs = engine.alloc(pairsBytes(shape.across));
    this.#ring = engine.alloc(this.#ringBytes);
    this.#across = place(engine, acrossTable(shape.across));
    this.#down = place(engine, new Uint8Array(shape.down.weights.buffer));
  }

  /**
   * Fills the target for the time `step`, as far as `decoded` rows of the component allow, the last row of all again
   * and again where there are no more. True once it is full.
   */
  advance(decoded: number, step: number): boolean {
    const { down } = this.#shape;
    const { at, stride, rows } = this.#target;
    const limit = Math.min(down.outputs, (step + 1) * rows);
    for (; this.#done < limit; this.#done++) {
      while (this.#batches < batchesUpTo(down, this.#done)) {
        if (!this.#isDecoded(decoded)) return false;
        this.#takeBatch();
      }
      this.#write(this.#done, at + this.#rowOf(this.#done, step * rows) * stride);
    }
    this.#repeat(limit - step * rows);
    return true;
  }

  #rowOf(output: number, first: number): number {
    const { upsideDown, down } = this.#shape;
    return upsideDown ? down.outputs - 1 - output : output - first;
  }

  #isDecoded(decoded: number): boolean {
    const { top, down } = this.#shape;
    return decoded >= top + Math.min((this.#batches + 1) * BATCH_ROWS, down.sources);
  }

  #takeBatch(): void {
    const { component, left, top, across } = this.#shape;
    const line = this.#ring + ((this.#batches * BATCH_LINES * this.#lineBytes) % this.#ringBytes);
    const engine = this.#engine;
    engine.planePairs(component, top + this.#batches * BATCH_ROWS, left, across.sources, this.#pairs);
    engine.planeAcross(this.#pairs, this.#across, across.most, across.outputs, line, this.#lineBytes);
    this.#batches++;
  }

  #write(output: number, to: number): void {
    const { across, down } = this.#shape;
    const { first, count, most } = down;
    const line = this.#ring + ((first[output] * this.#lineBytes) % this.#ringBytes);
    const taps = this.#down + output * most * 4;
    const end = this.#ring + this.#ringBytes;
    const { outputs } = across;
    const { width, fine } = this.#target;
    this.#engine.planeDown(line, this.#lineBytes, end, this.#ringBytes, taps, count[output], outputs, to, fine);
    if (!fine && width > outputs) this.#engine.planeEdge(to, outputs, width);
  }

  /** The last of `filled` rows, for those after it. */
  #repeat(filled: number): void {
    const { at, stride, rows } = this.#target;
    const memory = new Uint8Array(this.#engine.memory.buffer);
    for (let row = filled; row < rows; row++)
      memory.copyWithin(at + row * stride, at + (row - 1) * stride, at + row * stride);
  }
}

function place({ alloc, memory }: EngineMemory, bytes: Uint8Array): number {
  const at = alloc(bytes.length);
  new Uint8Array(memory.buffer).set(bytes, at);
  return at;
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
