import type { JpegColour } from "../../engine/jpeg.ts";
import type { JpegScan, JpegScanMember, JpegTable } from "../../engine/jpeg-scans.ts";
import { HttpError } from "../../error.ts";
import { broken, uint16 } from "./segments.ts";
import type { JpegTables } from "./tables.ts";

/** A frame header (T.81 §B.2.2). */
export interface SourceFrame {
  readonly width: number;
  /** 0: a DNL segment after the first scan says it. */
  readonly height: number;
  readonly progressive: boolean;
  readonly arithmetic: boolean;
  readonly components: readonly SourceComponent[];
}

export interface SourceComponent {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantId: number;
}

const PROGRESSIVE = 0xc2;
const ARITHMETIC = 0xc9;
const ARITHMETIC_PROGRESSIVE = 0xca;
const SUPPORTED: readonly number[] = [0xc0, 0xc1, PROGRESSIVE, ARITHMETIC, ARITHMETIC_PROGRESSIVE];
const LOSSLESS: readonly number[] = [0xc3, 0xcb];
const MAX_MCU_BLOCKS = 10;

/** @throws HttpError 422 decode_failed, 415 unsupported_image */
export function readFrame(marker: number, body: Uint8Array): SourceFrame {
  const count = body[5];
  if (body.length < 6 || body.length < 6 + 3 * count || count === 0) throw broken("the frame header is cut");
  const frame = {
    height: uint16(body, 1),
    width: uint16(body, 3),
    progressive: marker === PROGRESSIVE || marker === ARITHMETIC_PROGRESSIVE,
    arithmetic: marker === ARITHMETIC || marker === ARITHMETIC_PROGRESSIVE,
    components: Array.from({ length: count }, (_, index) => readComponent(body, 6 + 3 * index)),
  };
  if (frame.width === 0) throw broken("it has no columns");
  if (frame.components.some(isImpossible)) throw broken("sampling factors must be 1 to 4 and tables 0 to 3");
  verifyKind(marker, body[0], count);
  // One component is never interleaved, so its factors mean nothing (T.81 §A.2.2).
  return count > 1 ? frame : { ...frame, components: [{ ...frame.components[0], across: 1, down: 1 }] };
}

function readComponent(body: Uint8Array, at: number): SourceComponent {
  return { id: body[at], across: body[at + 1] >> 4, down: body[at + 1] & 15, quantId: body[at + 2] };
}

const isImpossible = ({ across, down, quantId }: SourceComponent): boolean =>
  across < 1 || across > 4 || down < 1 || down > 4 || quantId > 3;

function verifyKind(marker: number, depth: number, count: number): void {
  if (depth < 2 || depth > 16) throw broken("samples must have 2 to 16 bits");
  if (LOSSLESS.includes(marker)) throw unsupported("lossless coding");
  if (!SUPPORTED.includes(marker)) throw unsupported("hierarchical coding");
  if (depth !== 8) throw unsupported(`${depth} bits a sample`);
  if (count > 4) throw unsupported(`${count} components`);
}

const unsupported = (what: string): HttpError =>
  new HttpError(415, "unsupported_image", `Cannot read JPEG: ${what} is not supported`);

export interface ColourMarkers {
  readonly jfif: boolean;
  /** The transform byte of an Adobe segment. */
  readonly adobe: number | undefined;
}

/** What the components mean: markers first, then ids, as libjpeg guesses. Two components: the first, as gray. */
export function colourOf(frame: SourceFrame, { jfif, adobe }: ColourMarkers): JpegColour {
  const { components } = frame;
  if (components.length < 3) return "gray";
  if (components.length === 4) return adobe === undefined || adobe === 0 ? "cmyk" : "ycck";
  if (jfif) return "yuv";
  if (adobe !== undefined) return adobe === 0 ? "rgb" : "yuv";
  return String.fromCharCode(...components.map(({ id }) => id)) === "RGB" ? "rgb" : "yuv";
}

/**
 * A scan header (T.81 §B.2.3) with the tables it selects; `start` is where its data begins.
 * @throws HttpError 422 decode_failed
 */
export function readScan(
  body: Uint8Array,
  start: number,
  frame: SourceFrame,
  tables: JpegTables,
  restartInterval: number,
): JpegScan {
  const count = body[0];
  if (!(count >= 1 && count <= 4) || body.length < 4 + 2 * count) throw broken("a scan header is cut");
  const at = 1 + 2 * count;
  const parameters = { first: body[at], last: body[at + 1], high: body[at + 2] >> 4, low: body[at + 2] & 15 };
  const { first, last, high, low } = frame.progressive ? parameters : { first: 0, last: 63, high: 0, low: 0 };
  if (frame.progressive) verifyProgression(count, parameters);
  const tableOf = frame.arithmetic ? conditioningOf : huffmanOf;
  const indices = componentsOf(body, count, frame);
  const members = indices.map((component, position): JpegScanMember => {
    const selector = body[2 + 2 * position];
    return {
      component,
      quant: quantOf(tables, frame.components[component].quantId),
      dc: first === 0 && high === 0 ? tableOf(tables, 0, selector >> 4) : undefined,
      ac: last > 0 ? tableOf(tables, 1, selector & 15) : undefined,
    };
  });
  return { members, start, restartInterval, band: [first, last], bits: [high, low] };
}

/** T.81 §G.1.1.1: DC alone or AC of one component; a refinement adds one bit. */
function verifyProgression(
  count: number,
  { first, last, high, low }: { first: number; last: number; high: number; low: number },
): void {
  const dc = first === 0 && last === 0;
  const ac = first > 0 && first <= last && last <= 63 && count === 1;
  if (!(dc || ac) || low > 13 || (high !== 0 && low !== high - 1)) throw broken("a scan has an impossible progression");
}

function componentsOf(body: Uint8Array, count: number, frame: SourceFrame): number[] {
  const indices: number[] = [];
  for (let position = 0; position < count; position++) {
    const id = body[1 + 2 * position];
    const index = frame.components.findIndex((component, at) => component.id === id && !indices.includes(at));
    if (index < 0) throw broken("a scan names a component that the frame lacks");
    indices.push(index);
  }
  const blocks = indices.reduce((sum, at) => sum + frame.components[at].across * frame.components[at].down, 0);
  if (count > 1 && blocks > MAX_MCU_BLOCKS) throw broken("a scan interleaves more than 10 blocks");
  return indices;
}

function quantOf(tables: JpegTables, id: number): Uint16Array {
  const quant = tables.quant[id];
  if (quant === undefined) throw broken("a quantisation table is missing");
  return quant;
}

function huffmanOf(tables: JpegTables, kind: 0 | 1, id: number): JpegTable {
  const spec = tables.huffman[kind][id];
  if (spec === undefined) throw broken("a Huffman table is missing or broken");
  return { id, spec };
}

function conditioningOf(tables: JpegTables, kind: 0 | 1, id: number): JpegTable {
  if (id > 3) throw broken("a scan names a table above 3");
  return { id, spec: Uint8Array.of(tables.conditioning[kind][id]) };
}
