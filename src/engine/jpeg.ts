import {
  bandBytes,
  type JpegFrame,
  type JpegLayout,
  jpegLayout,
  LINES,
  lineBytes,
  type Shrink,
} from "./jpeg-layout.ts";
import { createJpegReader, type JpegReader } from "./jpeg-reader.ts";

/** Exports of src/engine/assembly/jpeg-output.ts. */
interface JpegOutputKernel {
  jpegOutput(
    ...output: [
      ...[colour: number, width: number, height: number, rowsPerMcu: number, held: number],
      ...[band: number, lines: number, lineBytes: number],
    ]
  ): void;
  jpegBand(): number;
}

/** How components become pixels. `gray` uses the first alone. */
export type JpegColour = "gray" | "rgb" | "yuv" | "cmyk" | "ycck";

export interface JpegEngine extends Pick<JpegReader<object>, "planes" | "openScans" | "cutAt" | "close"> {
  readonly layout: JpegLayout;
  /** Bytes of WASM memory in use. */
  memoryBytes(): number;
  /** Bands of rows, four bytes a pixel; each is valid until the next. */
  bands(): Iterable<Uint8Array>;
}

const COLOURS = { gray: 0, rgb: 1, yuv: 2, cmyk: 3, ycck: 4 } as const;

/**
 * An engine that makes pixels of one picture.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createJpegEngine(bytes: Uint8Array, frame: JpegFrame, colour: JpegColour, shrink: Shrink): JpegEngine {
  const layout = jpegLayout(frame, shrink);
  const { engine, decodeRow: _, ...reader } = createJpegReader<JpegOutputKernel>(bytes, frame, layout);
  const band = engine.alloc(bandBytes(layout));
  const lines = engine.alloc(LINES * lineBytes(layout));
  const { width, height, rowsPerMcu, held } = layout;
  engine.jpegOutput(COLOURS[colour], width, height, rowsPerMcu, held, band, lines, lineBytes(layout));
  return {
    ...reader,
    layout,
    memoryBytes: () => engine.memory.buffer.byteLength,
    *bands() {
      for (let row = 0; row < layout.mcusHigh; row++) {
        const rows = engine.jpegBand();
        if (rows > 0) yield new Uint8Array(engine.memory.buffer, band, rows * layout.width * 4);
      }
    },
  };
}
