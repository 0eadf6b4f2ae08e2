import type { EngineMemory } from "./engine.ts";
import { createJpegReader, type JpegReader } from "./jpeg-reader.ts";
import { PlaneFilter, type PlaneKernel, type PlaneTarget } from "./plane-filter.ts";
import type { ScalePlan } from "./scale-plan.ts";

/** The planes of a JPEG, scaled inside an engine as they are decoded. */
export interface ScaledPlanes<Exports> extends Pick<JpegReader<object>, "planes" | "openScans" | "cutAt" | "close"> {
  readonly engine: EngineMemory & PlaneKernel & Exports;
  /** Where the results of each part of the plan are. */
  readonly targets: readonly PlaneTarget[];
  /** Decodes until the targets are filled for the time `step`. */
  fill(step: number): void;
  /** True once every row of the source was decoded. */
  isRead(): boolean;
}

/**
 * Runs `plan` on the file `bytes`.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createScaledPlanes<Exports extends object>(
  bytes: Uint8Array,
  plan: ScalePlan,
  mostBytes?: number,
): ScaledPlanes<Exports> {
  const { frame, planes, parts } = plan;
  const { engine, decodeRow, ...reader } = createJpegReader<PlaneKernel & Exports>(bytes, frame, planes, mostBytes);
  const filters = parts.map(({ shape, target }) => {
    const placed = { ...target, at: engine.alloc(target.stride * target.rows) };
    const { down, size } = planes.planes[shape.component];
    return { filter: new PlaneFilter(engine, shape, placed), target: placed, rowsAnMcu: down * size };
  });
  let decoded = 0;

  const isFilled = (step: number): boolean =>
    filters.map(({ filter, rowsAnMcu }) => filter.advance(decoded * rowsAnMcu, step)).every(Boolean);

  return {
    ...reader,
    engine,
    targets: filters.map(({ target }) => target),
    isRead: () => decoded === planes.mcusHigh,
    fill(step) {
      for (; !isFilled(step); decoded++) {
        if (decoded === planes.mcusHigh) throw new Error("More rows are wanted than there are");
        decodeRow();
      }
    },
  };
}
