import { createEngine } from "./engine.ts";
import { acrossTapBytes, BATCH, downTapBytes, packAcross, packDown, TAP_BYTES } from "./tap-tables.ts";
import type { Taps } from "./taps.ts";

interface ResampleExports {
  resampleUnpack(pixels: number, pairs: number, spacing: number, count: number, alpha: boolean): void;
  resampleAcross(pairs: number, taps: number, outputs: number, row: number): void;
  resampleAcrossFour(pairs: number, taps: number, outputs: number, row: number, stride: number): void;
  resampleDown(rows: number, stride: number, taps: number, sums: number, count: number, fresh: boolean): void;
  resampleFinish(sums: number, pixels: number, count: number, alpha: boolean): void;
}

const BAND_ROWS = 16;
/** Rows that go across at once. */
const FOUR = 4;
/** Two pixels of four samples. */
const PAIR_BYTES = 16;

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
    this.#memory.set(row, this.#buffers.pixels);
    if (this.#inBatches) this.#addToBatch();
    else this.#addAlone();
  }

  #addAlone(): void {
    const { pairs, across, rows, rowBytes } = this.#buffers;
    this.#unpack(pairs, PAIR_BYTES);
    this.#engine.resampleAcross(pairs, across, this.#across.outputs, rows + (this.#rows % BATCH) * rowBytes);
    this.#summed = ++this.#rows;
  }

  /** Rows go across four at a time. The last ones may be fewer: what stands beyond them has no weight. */
  #addToBatch(): void {
    const { pairs, across, rows, rowBytes } = this.#buffers;
    const place = this.#rows++ % BATCH;
    const isLast = this.#rows === this.#down.sources;
    this.#unpack(pairs + (place % FOUR) * PAIR_BYTES, FOUR * PAIR_BYTES);
    if (place % FOUR < FOUR - 1 && !isLast) return;
    const row = rows + (place & -FOUR) * rowBytes;
    this.#engine.resampleAcrossFour(pairs, across, this.#across.outputs, row, rowBytes);
    if (place === BATCH - 1 || isLast) this.#sumBatch();
  }

  /** Ends the use of it. */
  close(): void {
    this.#engine.close();
  }

  #unpack(pairs: number, spacing: number): void {
    this.#engine.resampleUnpack(this.#buffers.pixels, pairs, spacing, this.#across.sources, this.#alpha);
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

  #sumBatch(): void {
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
    pairs: alloc(roundUp(across.sources + 2 * SLACK, 2) * (PAIR_BYTES / 2) * (inBatches ? FOUR : 1)),
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

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
