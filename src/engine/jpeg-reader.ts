import { createEngine, type EngineMemory } from "./engine.ts";
import {
  coefficientBytes,
  isMerged,
  type JpegFrame,
  type JpegPlane,
  type JpegPlanes,
  nonzeroBytes,
  ringBytes,
  strideOf,
  windowBytes,
} from "./jpeg-layout.ts";
import { type JpegScan, type JpegScanMember, type JpegTable, neededScans } from "./jpeg-scans.ts";
import { ZIGZAG } from "./zigzag.ts";

/** Exports of src/engine/assembly/jpeg-*.ts. */
interface JpegKernel {
  jpegFrame(
    ...frame: [
      ...[components: number, mcusWide: number, mcusHigh: number],
      ...[progressive: boolean, arithmetic: boolean, merged: boolean],
    ]
  ): void;
  jpegComponent(index: number): number;
  jpegInput(bytes: number): void;
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
  jpegRow(): void;
}

/** Reads the file of one picture inside an engine; what is done with its samples is up to others there. */
export interface JpegReader<Exports> {
  readonly engine: EngineMemory & Exports;
  readonly planes: readonly JpegPlane[];
  /** Sets up all scans of the picture, in the order of the file; they will be read side by side. */
  openScans(scans: readonly JpegScan[]): void;
  /** Decodes the next row of MCUs; its samples stay in the rings of the planes for a while. */
  decodeRow(): void;
  /** After the last row of an only scan: where its data ended, if that was too early. */
  cutAt(): number | undefined;
  /** Ends the use of the engine. */
  close(): void;
}

const DC = 0;
const AC = 1;

/**
 * A reader in a fresh engine, from which more than it is asked of as `Exports`.
 * @throws WebAssembly.RuntimeError where memory ends
 */
export function createJpegReader<Exports extends object>(
  bytes: Uint8Array,
  frame: JpegFrame,
  { planes, mcusWide, mcusHigh }: JpegPlanes,
  mostBytes?: number,
): JpegReader<Exports> {
  const kernel = createEngine<JpegKernel & Exports>({ readSource, mostBytes });
  const { progressive, arithmetic } = frame;
  const merged = isMerged(frame);
  kernel.jpegInput(bytes.length);
  kernel.jpegFrame(planes.length, mcusWide, mcusHigh, progressive, arithmetic, merged);
  const quants = planes.map((plane, index) => placePlane(plane, index));
  const skips = !progressive && planes.some((plane) => plane.size < 8);
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
    const nonzero = progressive ? kernel.alloc(nonzeroBytes(plane)) : 0;
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
      return arithmetic ? statistics(own, kind, table) : huffmanTable(kind, table);
    };
    kernel.jpegScan(members.length, restartInterval, ...band, ...bits, windowBytes(frame));
    members.forEach((member, position) => {
      kernel.jpegMember(position, member.component, place(DC, member.dc), place(AC, member.ac));
    });
    kernel.jpegStart(start);
  }

  return {
    engine: kernel,
    planes,
    close: kernel.close,
    openScans(scans) {
      for (const { members } of scans) members.forEach(latchQuant);
      neededScans(scans, planes).forEach(openScan);
    },
    decodeRow: () => kernel.jpegRow(),
    cutAt: () => (!merged && kernel.jpegStarved() !== 0 ? kernel.jpegEnd() : undefined),
  };
}
