/** The parts of an ICC profile (ICC.1:2022, and ICC.1:2001 for version 2) that colour conversion needs. */
export interface IccProfile {
  readonly space: "RGB" | "GRAY" | "CMYK";
  /** Of the profile connection space: XYZ or Lab, both under D50. */
  readonly lab: boolean;
  readonly header: Uint8Array;
  /** Content by signature, its own type signature first. */
  readonly tags: ReadonlyMap<string, Uint8Array>;
}

const HEADER_BYTES = 128;
const MAX_TAGS = 100;
/** Device classes that describe a picture's colours: input, display, output, colour space (§7.2.5). */
const CLASSES = ["scnr", "mntr", "prtr", "spac"];
const SPACES = { "RGB ": "RGB", GRAY: "GRAY", CMYK: "CMYK" } as const;

/** Undefined where the profile is broken or of a kind that says nothing about pictures. */
export function parseProfile(bytes: Uint8Array): IccProfile | undefined {
  if (bytes.length < HEADER_BYTES + 4) return undefined;
  const space = SPACES[text(bytes, 16) as keyof typeof SPACES];
  const lab = text(bytes, 20) === "Lab ";
  const connects = lab || text(bytes, 20) === "XYZ ";
  const described = CLASSES.includes(text(bytes, 12)) && text(bytes, 36) === "acsp";
  if (!space || !connects || !described || bytes[8] < 2 || bytes[8] > 4) return undefined;
  return { space, lab, header: bytes.subarray(0, HEADER_BYTES), tags: readTags(bytes) };
}

/** §7.3. Tags that leave the profile are left out; where a signature repeats, the first counts. */
function readTags(bytes: Uint8Array): Map<string, Uint8Array> {
  const tags = new Map<string, Uint8Array>();
  const view = viewOf(bytes);
  const count = Math.min(view.getUint32(HEADER_BYTES), MAX_TAGS);
  for (let at = HEADER_BYTES + 4, index = 0; index < count && at + 12 <= bytes.length; index++, at += 12) {
    const start = view.getUint32(at + 4);
    const end = start + view.getUint32(at + 8);
    const signature = text(bytes, at);
    if (end <= bytes.length && end - start >= 8 && !tags.has(signature))
      tags.set(signature, bytes.subarray(start, end));
  }
  return tags;
}

/** `XYZType` (§10.31). */
export function readXyz(tag: Uint8Array | undefined): readonly [number, number, number] | undefined {
  if (!tag || tag.length < 20 || text(tag, 0) !== "XYZ ") return undefined;
  return [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)];
}

/** What a tone curve makes of each 8-bit value, 0 to 1: `curveType` (§10.6) or `parametricCurveType` (§10.18). */
export function readCurve(tag: Uint8Array | undefined): Float64Array | undefined {
  const curve = tag && tag.length >= 12 ? (parseCurve(tag) ?? parseParametric(tag)) : undefined;
  if (!curve) return undefined;
  const values = Float64Array.from({ length: 256 }, (_, value) => Math.min(Math.max(curve(value / 255), 0), 1));
  return values.some(Number.isNaN) ? undefined : values;
}

type Curve = (x: number) => number;

function parseCurve(tag: Uint8Array): Curve | undefined {
  if (text(tag, 0) !== "curv") return undefined;
  const view = viewOf(tag);
  const count = view.getUint32(8);
  if (count === 0) return (x) => x;
  if (tag.length < 12 + count * 2) return undefined;
  if (count === 1) return (x) => x ** (view.getUint16(12) / 256);
  return (x) => {
    const position = x * (count - 1);
    const left = Math.min(Math.floor(position), count - 2);
    const [low, high] = [view.getUint16(12 + left * 2), view.getUint16(14 + left * 2)];
    return (low + (high - low) * (position - left)) / 65535;
  };
}

/** Parameters of each function type, table 68. */
const PARAMETER_COUNTS = [1, 3, 4, 5, 7];

function parseParametric(tag: Uint8Array): Curve | undefined {
  if (text(tag, 0) !== "para") return undefined;
  const kind = viewOf(tag).getUint16(8);
  const count = PARAMETER_COUNTS[kind];
  if (!count || tag.length < 12 + count * 4) return undefined;
  const [g, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, n) => fixed(tag, 12 + n * 4));
  if (kind === 0) return (x) => x ** g;
  if (kind === 1) return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
  if (kind === 2) return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
  return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
/** s15Fixed16Number (§4.6). */
const fixed = (bytes: Uint8Array, at: number) => viewOf(bytes).getInt32(at) / 65536;
const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
