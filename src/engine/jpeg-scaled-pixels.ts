import { mcusOf } from "./jpeg-sampling.ts";
import type { ScalePlan } from "./scale-plan.ts";
import { createScaledPlanes, type ScaledPlanes } from "./scaled-planes.ts";

/** Exports of src/engine/assembly/plane-colour.ts. */
interface Kernel {
  planePixels(
    ...rows: [
      ...[luma: number, blue: number, red: number, stride: number],
      ...[rows: number, to: number, width: number],
    ]
  ): void;
}

/** A JPEG as pixels of another size: colours are converted once its planes are as small as they shall be. */
export interface ScaledPixels
  extends Pick<ScaledPlanes<Kernel>, "planes" | "openScans" | "cutAt" | "close" | "isRead"> {
  /** Bytes of WASM memory in use. */
  memoryBytes(): number;
  /** Bands of rows of RGBA, once the scans are open; each is valid until the next. */
  bands(): Generator<Uint8Array>;
}

/** Rows are written eight pixels at a time. */
const SLACK_BYTES = 64;

const bandBytes = ({ size, parts }: ScalePlan): number => size.width * 4 * parts[0].target.rows + SLACK_BYTES;

/** WASM memory that it takes at most, the file not counted. */
export const scaledPixelsBytes = (plan: ScalePlan): number => plan.memoryBytes + bandBytes(plan);

/**
 * Runs `plan`, whose planes are fine, all of one density and not turned, on the file `bytes`.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createScaledPixels(bytes: Uint8Array, plan: ScalePlan): ScaledPixels {
  const { sampling, size } = plan;
  const { engine, targets, fill, ...reader } = createScaledPlanes<Kernel>(bytes, plan);
  const [luma, blue = luma, red = luma] = targets;
  const band = engine.alloc(bandBytes(plan));
  return {
    ...reader,
    memoryBytes: () => engine.memory.buffer.byteLength,
    *bands() {
      for (let step = 0; step < mcusOf(sampling, size).height; step++) {
        fill(step);
        const rows = Math.min(luma.rows, size.height - step * luma.rows);
        engine.planePixels(luma.at, blue.at, red.at, luma.stride, rows, band, size.width);
        yield new Uint8Array(engine.memory.buffer, band, rows * size.width * 4);
      }
    },
  };
}
