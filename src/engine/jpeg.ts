import { createEngine } from "./engine.ts";
import {
  bandBytes,
  coefficientBytes,
  isMerged,
  type JpegFrame,
  type JpegLayout,
  type JpegPlane,
  jpegLayout,
  LINES,
  lineBytes,
  nonzeroBytes,
  ringBytes,
  type Shrink,
  strideOf,
  windowBytes,
} from "./jpeg-layout.ts";
import { type JpegScan, type JpegScanMember, type JpegTable, neededScans } from "./jpeg-scans.ts";
import { ZIGZAG } from "./zigzag.ts";

/** Exports of src/engine/assembly/jpeg-*.ts. */
interface JpegKernel {
  jpegFrame(components: number, mcusWide: number, mcusHigh: number, progressive: boolean, arithmetic: boolean): void;
  jpegComponent(index: number): number;
  jpegInput(bytes: number): void;
  jpegFindMarker(from: number, lowest: number): number;
  jpegTable(kind: number): number;
  jpegBuildTable(table: number, kind: number, skips: boolean): void;
  jpegScan(
    ...scan: [
      ...[members: number, restartInterval: number],
      ...[first: number, last: number, high: number, low: number, windowBytes: number],
    ]
  ): void;
  jpegMember(position: number, component: number, dc: number, ac: number): void;
  jpegStart(from: number): void;
  jpegEnd(): number;
  jpegStarved(): number;
  jpegOutput(
    ...output: [
      ...[colour: number, width: number, height: number, rowsPerMcu: number, held: number],
      ...[merged: boolean, band: number, lines: number, lineBytes: number],
    ]
  ): void;
  jpegBand(): number;
}

/** How components become pixels. `gray` uses the first alone. */
export type JpegColour = "gray" | "rgb" | "yuv" | "cmyk" | "ycck";

export interface JpegEngine {
  readonly layout: JpegLayout;
  /** Bytes of WASM memory in use. */
  memoryBytes(): number;
  /** Position of the marker after the data of `scan`, or the length of the file. */
  endOf(scan: JpegScan): number;
  /** Sets up all scans of the picture, in the order of the file; `bands` will read them side by side. */
  openScans(scans: readonly JpegScan[]): void;
  /** After the bands of an only scan: where its data ended, if that was too early. */
  cutAt(): number | undefined;
  /** Bands of rows, four bytes a pixel; each is valid until the next. */
  bands(): Iterable<Uint8Array>;
  /** Ends the use of it. */
  close(): void;
}

const COLOURS = { gray: 0, rgb: 1, yuv: 2, cmyk: 3, ycck: 4 } as const;
/** Marker codes below are reserved (T.81 table B.1). */
const FIRST_USED = 0xc0;
const DC = 0;
const AC = 1;

/**
 * An engine for one picture.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createJpegEngine(bytes: Uint8Array, frame: JpegFrame, colour: JpegColour, shrink: Shrink): JpegEngine {
  const kernel = createEngine<JpegKernel>(readSource);
  const layout = jpegLayout(frame, shrink);
  const merged = isMerged(frame);
  kernel.jpegInput(bytes.length);
  kernel.jpegFrame(layout.planes.length, layout.mcusWide, layout.mcusHigh, frame.progressive, frame.arithmetic);
  const quants = layout.planes.map((plane, index) => placePlane(plane, index));
  const band = kernel.alloc(bandBytes(layout));
  const lines = kernel.alloc(LINES * lineBytes(layout));
  const { width, height, rowsPerMcu, held } = layout;
  kernel.jpegOutput(
    ...([COLOURS[colour], width, height, rowsPerMcu, held] as const),
    ...([merged, band, lines, lineBytes(layout)] as const),
  );
  const skips = !frame.progressive && layout.planes.some((plane) => plane.size < 8);
  const latched = new Set<number>();

  function readSource(position: number, to: number, length: number): number {
    const part = bytes.subarray(position, position + length);
    new Uint8Array(kernel.memory.buffer, to).set(part);
    return part.length;
  }

  /** Fields in the order of Component in jpeg-frame.ts. */
  function placePlane(plane: JpegPlane, index: number): number {
    const ring = kernel.alloc(ringBytes(plane));
    const coefficients = merged ? kernel.alloc(coefficientBytes(plane)) : 0;
    const nonzero = frame.progressive ? kernel.alloc(nonzeroBytes(plane)) : 0;
    const quant = kernel.alloc(128);
    new Int32Array(kernel.memory.buffer, kernel.jpegComponent(index)).set([
      ...[plane.across, plane.down, plane.size, plane.blocksWide, plane.blocksHigh, plane.rowBlocks],
      ...[plane.width, plane.height, ring, strideOf(plane), plane.ringRows],
      ...[coefficients, nonzero, quant, plane.upsampling],
    ]);
    return quant;
  }

  /** A component keeps the steps of its first scan (T.81 §B.2.4.1 lets tables change between scans). */
  function latchQuant({ component, quant }: JpegScanMember): void {
    if (latched.has(component)) return;
    latched.add(component);
    const target = new Uint16Array(kernel.memory.buffer, quants[component], 64);
    quant.forEach((step, index) => {
      target[ZIGZAG[index]] = step;
    });
  }

  /** Huffman tables are shared by all scans between two definitions. */
  const built = new Map<Uint8Array, number>();

  function huffmanTable(kind: number, { spec }: JpegTable): number {
    const address = built.get(spec) ?? placeTable(kind, spec);
    if (!built.has(spec)) kernel.jpegBuildTable(address, kind, skips);
    built.set(spec, address);
    return address;
  }

  function placeTable(kind: number, spec: Uint8Array): number {
    const address = kernel.jpegTable(kind);
    new Uint8Array(kernel.memory.buffer).set(spec, address);
    return address;
  }

  /** What arithmetic coding learns is for one scan, where members with the same table share it. */
  function statistics(own: Map<number, number>, kind: number, { id, spec }: JpegTable): number {
    const key = kind * 4 + id;
    const address = own.get(key) ?? placeTable(kind, spec);
    own.set(key, address);
    return address;
  }

  function openScan({ members, start, restartInterval, band, bits }: JpegScan): void {
    const own = new Map<number, number>();
    const place = (kind: number, table: JpegTable | undefined): number => {
      if (table === undefined) return 0;
      return frame.arithmetic ? statistics(own, kind, table) : huffmanTable(kind, table);
    };
    kernel.jpegScan(members.length, restartInterval, ...band, ...bits, windowBytes(frame));
    members.forEach((member, position) => {
      kernel.jpegMember(position, member.component, place(DC, member.dc), place(AC, member.ac));
    });
    kernel.jpegStart(start);
  }

  return {
    layout,
    memoryBytes: () => kernel.memory.buffer.byteLength,
    close: kernel.close,
    // Between restart markers a decoder passes over codes that T.81 reserves, which damage has made.
    endOf: ({ start, restartInterval }) => kernel.jpegFindMarker(start, restartInterval > 0 ? FIRST_USED : 1),
    openScans(scans) {
      for (const { members } of scans) members.forEach(latchQuant);
      neededScans(scans, layout.planes).forEach(openScan);
    },
    cutAt: () => (!merged && kernel.jpegStarved() !== 0 ? kernel.jpegEnd() : undefined),
    *bands() {
      for (let row = 0; row < layout.mcusHigh; row++) {
        const rows = kernel.jpegBand();
        if (rows > 0) yield new Uint8Array(kernel.memory.buffer, band, rows * layout.width * 4);
      }
    },
  };
}
