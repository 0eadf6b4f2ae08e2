import type { JpegPlane } from "./jpeg-layout.ts";
import { BATCH_ROWS, batchesUpTo, type PlaneShape } from "./plane-filter.ts";

/** A plane that is scaled, and how many of its results are made before any plane goes on to more. */
export interface ScaledPlane {
  readonly plane: JpegPlane;
  readonly shape: PlaneShape;
  readonly rowsAStep: number;
}

/**
 * How many rows each decoded plane must keep: planes are decoded together, but each waits with its rows until it has
 * need of them. Plays through, with numbers alone, what `PlaneFilter.advance` will do.
 */
export function ringRowsOf(scaled: readonly ScaledPlane[], mcusHigh: number): number[] {
  const steps = Math.max(...scaled.map(({ shape, rowsAStep }) => Math.ceil(shape.down.outputs / rowsAStep)));
  const kept = scaled.map(({ plane }) => plane.down * plane.size);
  const batches = scaled.map(() => 0);
  let decoded = 0;
  for (let step = 0; step < steps; step++) {
    for (;;) {
      const ready = scaled.map((one, index) => {
        const wanted = wantedBatches(one, step);
        batches[index] = Math.max(batches[index], Math.min(wanted, decodedBatches(one, decoded)));
        return batches[index] >= wanted;
      });
      if (ready.every(Boolean) || decoded === mcusHigh) break;
      decoded++;
      scaled.forEach(({ plane, shape }, index) => {
        const waiting = decoded * plane.down * plane.size - shape.top - batches[index] * BATCH_ROWS;
        kept[index] = Math.max(kept[index], waiting);
      });
    }
  }
  return kept.map((rows, index) => roundUp(rows, scaled[index].plane.down * scaled[index].plane.size));
}

/** Batches that the results of `step` and those before need. */
function wantedBatches({ shape: { down }, rowsAStep }: ScaledPlane, step: number): number {
  return batchesUpTo(down, Math.min(down.outputs, (step + 1) * rowsAStep) - 1);
}

function decodedBatches({ plane, shape: { top, down } }: ScaledPlane, decoded: number): number {
  const rows = decoded * plane.down * plane.size - top;
  return rows >= down.sources ? Math.ceil(down.sources / BATCH_ROWS) : Math.max(0, Math.floor(rows / BATCH_ROWS));
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
