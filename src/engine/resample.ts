import { createEngine } from "./engine.ts";
import type { Taps } from "./taps.ts";

interface ResampleExports {
  resampleUnpack(pixels: number, pairs: number, count: number, alpha: boolean): void;
  resampleAcross(pairs: number, taps: number, outputs: number, row: number): void;
  resampleDown(rows: number, stride: number, taps: number, sums: number, count: number, fresh: boolean): void;
  resampleFinish(sums: number, pixels: number, count: number, alpha: boolean): void;
}

/** Rows that are summed down at once, also the number of rows kept. Row y is kept in place y % BATCH. */
const BATCH = 8;
const BAND_ROWS = 16;
const TAP_BYTES = 2;

/**
 * Filters rows across and down as they come. Few rows are kept: where an output needs at most eight, these; where it
 * needs more, the running sums of the outputs under way (about seven times 16 bytes a pixel, whatever the ratio).
 */
export class RowFilter {
  readonly #engine = createEngine<ResampleExports>();
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #alpha: boolean;
  /** Outputs are summed batch by batch, not all at once. */
  readonly #inBatches: boolean;
  /** Output j's sums are kept in place j % underway. */
  readonly #underway: number;
  readonly #buffers: Buffers;
  readonly #memory: Uint8Array;
  #rows = 0;
  /** Rows that every output under way has in its sums, or could have. */
  #summed = 0;
  #finished = 0;
  #filled = 0;

  /** `alpha` false promises that every alpha is 255. */
  constructor(across: Taps, down: Taps, alpha: boolean) {
    this.#across = across;
    this.#down = down;
    this.#alpha = alpha;
    this.#inBatches = down.first.some((first, output) => down.end[output] - first > BATCH);
    this.#underway = this.#inBatches ? mostUnderway(down) : 1;
    this.#buffers = allocate(this.#engine.alloc, across, down, this.#inBatches, this.#underway);
    this.#memory = new Uint8Array(this.#engine.memory.buffer);
    this.#memory.set(packAcross(across), this.#buffers.across);
    this.#memory.set(packDown(down, this.#inBatches), this.#buffers.down);
  }

  /** Takes the next row: RGBA, as many pixels as `across` has sources. Read `finished()` after each. */
  add(row: Uint8Array): void {
    const { pixels, pairs, across, rows, rowBytes } = this.#buffers;
    this.#memory.set(row, pixels);
    this.#engine.resampleUnpack(pixels, pairs, this.#across.sources, this.#alpha);
    this.#engine.resampleAcross(pairs, across, this.#across.outputs, rows + (this.#rows % BATCH) * rowBytes);
    this.#rows++;
    if (!this.#inBatches) this.#summed = this.#rows;
    else if (this.#rows % BATCH === 0 || this.#rows === this.#down.sources) this.#addBatch();
  }

  /** Bands of rows that are complete. Their bytes are valid until the next one is asked for. */
  *finished(): Generator<Uint8Array> {
    const { first, end, outputs } = this.#down;
    const { band, bandRowBytes } = this.#buffers;
    while (this.#finished < outputs && end[this.#finished] <= this.#summed) {
      if (!this.#inBatches) this.#sum(this.#finished, Math.floor(first[this.#finished] / BATCH));
      this.#finish(this.#finished++);
      if (this.#filled < BAND_ROWS && this.#finished < outputs) continue;
      yield this.#memory.subarray(band, band + this.#filled * bandRowBytes);
      this.#filled = 0;
    }
  }

  #addBatch(): void {
    const { first, end, outputs } = this.#down;
    const batch = Math.floor((this.#rows - 1) / BATCH);
    for (let output = this.#finished; output < outputs && first[output] < this.#rows; output++)
      if (end[output] > batch * BATCH) this.#sum(output, batch);
    this.#summed = this.#rows;
  }

  #sum(output: number, batch: number): void {
    const { rows, rowBytes, down, downBytes } = this.#buffers;
    const chunk = batch - Math.floor(this.#down.first[output] / BATCH);
    const taps = down + output * downBytes + chunk * BATCH * TAP_BYTES;
    this.#engine.resampleDown(rows, rowBytes, taps, this.#sums(output), this.#across.outputs, chunk === 0);
  }

  #finish(output: number): void {
    const { band, bandRowBytes } = this.#buffers;
    const row = band + this.#filled++ * bandRowBytes;
    this.#engine.resampleFinish(this.#sums(output), row, this.#across.outputs, this.#alpha);
  }

  #sums(output: number): number {
    return this.#buffers.sums + (output % this.#underway) * this.#buffers.sumBytes;
  }
}

/** Addresses in the engine's memory, and the lengths of what repeats. */
interface Buffers {
  readonly pixels: number;
  readonly pairs: number;
  readonly across: number;
  readonly down: number;
  readonly downBytes: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly sums: number;
  readonly sumBytes: number;
  readonly band: number;
  readonly bandRowBytes: number;
}

/** Pixels are worked on four at a time: every buffer of them has room for three more. */
const SLACK = 4;

function allocate(
  alloc: (bytes: number) => number,
  across: Taps,
  down: Taps,
  inBatches: boolean,
  underway: number,
): Buffers {
  const bandRowBytes = across.outputs * 4;
  const rowBytes = roundUp(across.outputs, 2) * 8;
  const sumBytes = roundUp(across.outputs, SLACK) * 16;
  const downBytes = downTapBytes(down, inBatches);
  return {
    pixels: alloc((across.sources + SLACK) * 4),
    pairs: alloc((across.sources + 2 * SLACK) * 8),
    across: alloc(acrossTapBytes(across)),
    down: alloc(down.outputs * downBytes),
    downBytes,
    rows: alloc(BATCH * rowBytes),
    rowBytes,
    sums: alloc(underway * sumBytes),
    sumBytes,
    band: alloc(Math.min(BAND_ROWS, down.outputs) * bandRowBytes + SLACK * 4),
    bandRowBytes,
  };
}

/** The most outputs that one batch of rows adds to, and so the number of sums to keep. */
function mostUnderway({ first, end, outputs }: Taps): number {
  let most = 1;
  for (let output = 0, next = 0; output < outputs; output++) {
    const last = Math.floor((end[output] - 1) / BATCH);
    while (next < outputs && Math.floor(first[next] / BATCH) <= last) next++;
    most = Math.max(most, next - output);
  }
  return most;
}

/** Groups of four pixels that an output spans, counted from an even pixel. */
function acrossGroups({ first, end }: Taps, output: number): number {
  return Math.ceil((end[output] - (first[output] & ~1)) / 4);
}

function acrossTapBytes(taps: Taps): number {
  let bytes = 0;
  for (let output = 0; output < taps.outputs; output++) bytes += 8 + acrossGroups(taps, output) * 8;
  return bytes;
}

/** The table that `resampleAcross` reads. */
function packAcross(taps: Taps): Uint8Array {
  const packed = new Int16Array(acrossTapBytes(taps) / TAP_BYTES);
  const words = new Uint32Array(packed.buffer);
  for (let output = 0, at = 0; output < taps.outputs; output++) {
    const groups = acrossGroups(taps, output);
    const first = taps.first[output];
    words[at / 2] = (first >> 1) * 16;
    words[at / 2 + 1] = groups;
    packed.set(weightsOf(taps, output), at + 4 + (first & 1));
    at += 4 + groups * 4;
  }
  return new Uint8Array(packed.buffer);
}

function downTapBytes({ first, end }: Taps, inBatches: boolean): number {
  if (!inBatches) return BATCH * TAP_BYTES;
  let most = 0;
  for (let output = 0; output < first.length; output++) most = Math.max(most, end[output] - (first[output] & -BATCH));
  return roundUp(most, BATCH) * TAP_BYTES;
}

/**
 * Eight weights a batch of rows, each at the place where its row is kept: from the batch of an output's first row on,
 * or, where eight rows are enough, one batch that wraps round.
 */
function packDown(taps: Taps, inBatches: boolean): Uint8Array {
  const stride = downTapBytes(taps, inBatches) / TAP_BYTES;
  const packed = new Int16Array(taps.outputs * stride);
  for (let output = 0; output < taps.outputs; output++)
    weightsOf(taps, output).forEach((weight, index) => {
      packed[output * stride + (((taps.first[output] % BATCH) + index) % stride)] = weight;
    });
  return new Uint8Array(packed.buffer);
}

function weightsOf({ weights, stride, first, end }: Taps, output: number): Int16Array {
  return weights.subarray(output * stride, output * stride + end[output] - first[output]);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
