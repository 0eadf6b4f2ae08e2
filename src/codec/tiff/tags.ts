/** Values of one directory entry (TIFF 6.0 §2). */
interface TiffField {
  readonly type: number;
  readonly count: number;
  /** Where the values are in the file. */
  readonly at: number;
}

/** The first directory of a TIFF file. */
export interface TiffDirectory {
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly fields: ReadonlyMap<number, TiffField>;
}

const MAX_ENTRIES = 1_000;
const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const BYTE = 1;
const SHORT = 3;
const LONG = 4;

/** `undefined` when the bytes do not start as a classic TIFF or hold no directory. */
export function readTiffDirectory(bytes: Uint8Array): TiffDirectory | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const littleEndian = view.getUint16(0) === 0x4949;
  if ((!littleEndian && view.getUint16(0) !== 0x4d4d) || view.getUint16(2, littleEndian) !== 42) return undefined;
  const start = view.getUint32(4, littleEndian);
  if (start + 2 > bytes.length) return undefined;
  const fields = new Map<number, TiffField>();
  const entries = Math.min(view.getUint16(start, littleEndian), MAX_ENTRIES);
  for (let entry = 0, at = start + 2; entry < entries && at + 12 <= bytes.length; entry++, at += 12) {
    const field = readField(view, at, littleEndian);
    if (field) fields.set(view.getUint16(at, littleEndian), field);
  }
  return { view, littleEndian, fields };
}

/** Values of up to four bytes stand in the entry itself. Fields that reach beyond the file count as absent. */
function readField(view: DataView, at: number, littleEndian: boolean): TiffField | undefined {
  const type = view.getUint16(at + 2, littleEndian);
  const count = view.getUint32(at + 4, littleEndian);
  const bytes = (TYPE_BYTES[type] ?? 0) * count;
  const valuesAt = bytes > 4 ? view.getUint32(at + 8, littleEndian) : at + 8;
  return bytes === 0 || valuesAt + bytes > view.byteLength ? undefined : { type, count, at: valuesAt };
}

/** One value of a field of bytes, shorts or longs; `undefined` when the field lacks it. */
export function tiffValue({ view, littleEndian, fields }: TiffDirectory, tag: number, index = 0): number | undefined {
  const field = fields.get(tag);
  if (!field || index >= field.count) return undefined;
  if (field.type === BYTE) return view.getUint8(field.at + index);
  if (field.type === SHORT) return view.getUint16(field.at + index * 2, littleEndian);
  return field.type === LONG ? view.getUint32(field.at + index * 4, littleEndian) : undefined;
}
