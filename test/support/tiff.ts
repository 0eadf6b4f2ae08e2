type Tags = Readonly<Record<number, readonly number[]>>;

export interface Tiff {
  readonly width: number;
  readonly height: number;
  readonly bits?: number;
  readonly samples?: number;
  readonly photometric?: number;
  readonly tags?: Tags;
  /** One a strip or tile. */
  readonly pieces: readonly (readonly number[])[];
  readonly tiled?: boolean;
  readonly bigEndian?: boolean;
}

/** A file of one directory; values are shorts, but longs for where pieces are and how long. */
export function tiff({
  width,
  height,
  bits = 8,
  samples = 1,
  photometric = 1,
  tags = {},
  pieces,
  tiled = false,
  bigEndian = false,
}: Tiff): Uint8Array {
  const little = !bigEndian;
  const all: Record<number, readonly number[]> = {
    ...{ 256: [width], 257: [height], 258: new Array(samples).fill(bits), 262: [photometric], 277: [samples] },
    ...{ [tiled ? 324 : 273]: pieces.map(() => 0), [tiled ? 325 : 279]: pieces.map(({ length }) => length), ...tags },
  };
  const entries = Object.entries(all).map(([tag, values]) => ({
    tag: Number(tag),
    values,
    long: [273, 279, 324, 325].includes(Number(tag)),
  }));
  const valueBytes = entries.reduce((sum, { values, long }) => sum + values.length * (long ? 4 : 2), 0);
  const pixelsAt = 8 + 2 + entries.length * 12 + 4 + valueBytes;
  const view = new DataView(new ArrayBuffer(pixelsAt + pieces.flat().length));
  view.setUint16(0, bigEndian ? 0x4d4d : 0x4949);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, entries.length, little);
  let valuesAt = 10 + entries.length * 12 + 4;
  entries.forEach(({ tag, values, long }, i) => {
    const at = 10 + i * 12;
    const size = long ? 4 : 2;
    const inline = values.length * size <= 4;
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, long ? 4 : 3, little);
    view.setUint32(at + 4, values.length, little);
    if (!inline) view.setUint32(at + 8, valuesAt, little);
    let offset = pixelsAt;
    values.forEach((value, n) => {
      const place = (inline ? at + 8 : valuesAt) + n * size;
      if (!long) view.setUint16(place, value, little);
      else view.setUint32(place, tag === 273 || tag === 324 ? offset : value, little);
      offset += pieces[n]?.length ?? 0;
    });
    if (!inline) valuesAt += values.length * size;
  });
  const bytes = new Uint8Array(view.buffer);
  bytes.set(pieces.flat(), pixelsAt);
  return bytes;
}
