import {
  createJpegCoder,
  type JpegEncodeKernel,
  type JpegWriterOptions,
  jpegCoderBytes,
  PLANE_UNITS,
} from "./jpeg-encode.ts";
import { mcusOf, samplesAnMcu } from "./jpeg-sampling.ts";
import type { PlaneTarget } from "./plane-filter.ts";
import { type ScalePlan, turnedTarget } from "./scale-plan.ts";
import { createScaledPlanes, type ScaledPlanes } from "./scaled-planes.ts";

/** With the exports of src/engine/assembly/jpeg-encode-planes.ts, and that of planes.ts that turns planes. */
interface Kernel extends JpegEncodeKernel {
  jpegEncodePlane(index: number, at: number, stride: number): void;
  planeTranspose(
    ...copy: [from: number, stride: number, rows: number, columns: number, to: number, toStride: number]
  ): void;
}

type Engine = ScaledPlanes<Kernel>["engine"];

/** A JPEG made from another one by scaling its planes: never a pixel of red, green and blue. */
export interface Rescaler extends Pick<ScaledPlanes<Kernel>, "planes" | "openScans" | "cutAt" | "close" | "isRead"> {
  /** Bytes of WASM memory in use. */
  memoryBytes(): number;
  /** The pieces of the result but its end, once the scans are open. Each is valid until the next. */
  pieces(): Generator<Uint8Array>;
}

/** WASM memory that a rescaler takes at most, the file not counted. */
export const rescalerBytes = ({ memoryBytes, size, sampling }: ScalePlan): number =>
  memoryBytes + jpegCoderBytes(size.width, size.height, sampling);

/**
 * Runs `plan` on the file `bytes`, and writes what comes of it, in one engine.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createRescaler(bytes: Uint8Array, plan: ScalePlan, options: JpegWriterOptions): Rescaler {
  const { sampling, size, held, parts } = plan;
  const { engine, targets, fill, ...reader } = createScaledPlanes<Kernel>(bytes, plan, rescalerBytes(plan));
  const coder = createJpegCoder(engine, { ...options, sampling, ...PLANE_UNITS });
  const presenters = parts.map(({ shape }, index) => presenter(engine, plan, shape.component, targets[index]));
  return {
    ...reader,
    memoryBytes: () => engine.memory.buffer.byteLength,
    *pieces() {
      const last = mcusOf(sampling, size).height - 1;
      for (let step = 0; step <= last; step++) {
        fill(held ? 0 : step);
        for (const present of presenters) present(step);
        yield* coder.encode(0, step === last);
      }
    },
  };
}

/** Shows the coder where row of MCUs `step` of the result is. */
function presenter(engine: Engine, plan: ScalePlan, component: number, target: PlaneTarget): (step: number) => void {
  const { sampling, held, transposed, size } = plan;
  const side = samplesAnMcu(sampling, component);
  const { at, stride, rows } = target;
  if (!transposed) return (step) => engine.jpegEncodePlane(component, held ? at + step * side * stride : at, stride);
  const turned = turnedTarget(component, sampling, size);
  const to = engine.alloc(turned.stride * turned.rows);
  return (step) => {
    engine.planeTranspose(at + step * side, stride, rows, side, to, turned.stride);
    engine.jpegEncodePlane(component, to, turned.stride);
  };
}
