import { createEngine } from "./engine.ts";
import {
  bandBytes,
  blocksOf,
  type JpegFrame,
  type JpegLayout,
  type JpegPlane,
  jpegLayout,
  LINES,
  lineBytes,
  ringBytes,
  type Shrink,
  strideOf,
} from "./jpeg-layout.ts";
import { ZIGZAG } from "./zigzag.ts";

/** Exports of src/engine/assembly/jpeg-*.ts. */
interface JpegKernel {
  jpegFrame(components: number, mcusWide: number, mcusHigh: number, progressive: boolean, arithmetic: boolean): void;
  jpegComponent(index: number): number;
  jpegHuffman(kind: number, id: number): number;
  jpegMember(position: number, component: number, dc: number, ac: number): void;
  jpegStart(
    ...scan: [
      ...[members: number, from: number, end: number, restartInterval: number],
      ...[first: number, last: number, high: number, low: number],
    ]
  ): void;
  jpegStoreScan(): void;
  jpegEnd(): number;
  jpegStarved(): number;
  jpegOutput(
    ...output: [
      ...[colour: number, width: number, height: number, rowsPerMcu: number, held: number],
      ...[fromStore: boolean, band: number, lines: number, lineBytes: number],
    ]
  ): void;
  jpegBand(): number;
}

/** How components become pixels. `gray` uses the first alone. */
export type JpegColour = "gray" | "rgb" | "yuv" | "cmyk" | "ycck";

/** A scan as its header and the tables in force say (T.81 §B.2.3). */
export interface JpegScan {
  readonly members: readonly JpegScanMember[];
  /** First byte of entropy-coded data. */
  readonly start: number;
  /** MCUs between restart markers; 0: none. */
  readonly restartInterval: number;
  /** First and last coefficient in zigzag order, bit positions before and after. */
  readonly band: readonly [first: number, last: number];
  readonly bits: readonly [high: number, low: number];
}

export interface JpegScanMember {
  readonly component: number;
  /** 64 steps in zigzag order. */
  readonly quant: Uint16Array;
  /** Absent where the scan does not need one. */
  readonly dc: JpegTable | undefined;
  readonly ac: JpegTable | undefined;
}

export interface JpegTable {
  readonly id: number;
  /** 16 counts and the symbols, checked. Of arithmetic coding: the byte of conditioning. */
  readonly spec: Uint8Array;
}

export interface JpegEngine {
  readonly layout: JpegLayout;
  /** Bytes of WASM memory in use. */
  memoryBytes(): number;
  /** Reads one of several scans; the result is the position of the marker that ends it. */
  storeScan(scan: JpegScan): number;
  /** Begins the only scan: `bands` will read it. */
  openScan(scan: JpegScan): void;
  /** After the bands of the only scan: where its data ended, if that was too early. */
  cutAt(): number | undefined;
  /** Bands of rows, four bytes a pixel; each is valid until the next. */
  bands(): Iterable<Uint8Array>;
}

const COLOURS = { gray: 0, rgb: 1, yuv: 2, cmyk: 3, ycck: 4 } as const;
const DC = 0;
const AC = 1;

/**
 * An engine for one picture.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createJpegEngine(bytes: Uint8Array, frame: JpegFrame, colour: JpegColour, shrink: Shrink): JpegEngine {
  const kernel = createEngine<JpegKernel>();
  const layout = jpegLayout(frame, shrink);
  const stored = frame.progressive || frame.multiScan;
  const source = kernel.alloc(bytes.length + 16);
  new Uint8Array(kernel.memory.buffer).set(bytes, source);
  kernel.jpegFrame(layout.planes.length, layout.mcusWide, layout.mcusHigh, frame.progressive, frame.arithmetic);
  const quants = layout.planes.map((plane, index) => placePlane(plane, index));
  const band = kernel.alloc(bandBytes(layout));
  const lines = kernel.alloc(LINES * lineBytes(layout));
  const { width, height, rowsPerMcu, held } = layout;
  kernel.jpegOutput(
    ...([COLOURS[colour], width, height, rowsPerMcu, held] as const),
    ...([stored, band, lines, lineBytes(layout)] as const),
  );
  const latched = new Set<number>();

  /** Fields in the order of Component in jpeg-frame.ts. */
  function placePlane(plane: JpegPlane, index: number): number {
    const ring = kernel.alloc(ringBytes(plane));
    const coefficients = stored ? kernel.alloc(blocksOf(plane) * 2 * plane.size ** 2) : 0;
    const nonzero = frame.progressive && plane.size > 1 ? kernel.alloc(blocksOf(plane) * 8) : 0;
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

  function setHuffman(kind: number, table: JpegTable | undefined): number {
    if (table === undefined) return 0;
    new Uint8Array(kernel.memory.buffer).set(table.spec, kernel.jpegHuffman(kind, table.id));
    return table.id;
  }

  function start({ members, start, restartInterval, band, bits }: JpegScan): void {
    kernel.jpegHuffman(DC, 0);
    members.forEach((member, position) => {
      latchQuant(member);
      const dc = setHuffman(DC, member.dc);
      const ac = setHuffman(AC, member.ac);
      kernel.jpegMember(position, member.component, dc, ac);
    });
    const end = source + bytes.length;
    kernel.jpegStart(members.length, source + start, end, restartInterval, ...band, ...bits);
  }

  return {
    layout,
    memoryBytes: () => kernel.memory.buffer.byteLength,
    openScan: start,
    storeScan(scan) {
      start(scan);
      const needed = scan.band[0] === 0 || scan.members.some(({ component }) => layout.planes[component].size > 1);
      if (needed) kernel.jpegStoreScan();
      return kernel.jpegEnd() - source;
    },
    cutAt: () => (!stored && kernel.jpegStarved() !== 0 ? kernel.jpegEnd() - source : undefined),
    *bands() {
      for (let row = 0; row < layout.mcusHigh; row++) {
        const rows = kernel.jpegBand();
        if (rows > 0) yield new Uint8Array(kernel.memory.buffer, band, rows * layout.width * 4);
      }
    },
  };
}
