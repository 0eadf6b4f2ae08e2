/** One component of a flat picture: sampling factors, id, and the value of its DC coefficient in every block. */
export interface FlatComponent {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  /** −8 … 7; a sample is 128 + dc × 16. */
  readonly dc: number;
}

export interface FlatJpeg {
  readonly width: number;
  readonly height: number;
  readonly components: readonly FlatComponent[];
  /** Restart after so many MCUs. */
  readonly restartInterval?: number;
  /** One scan a component instead of one for all. */
  readonly separate?: boolean;
  /** The frame header says 0 rows, a DNL segment after the first scan the true number. */
  readonly lineCountLast?: boolean;
  /** 16-bit quantisation table. */
  readonly wideQuant?: boolean;
  /** Segments after SOI, whole. */
  readonly extra?: readonly (readonly number[])[];
}

const QUANT = 128;

/** A JPEG of one colour, made by hand: DC codes of 3 bits (0–4 bits of difference) and an end-of-block code of 1 bit. */
export function flatJpeg(picture: FlatJpeg): Uint8Array {
  const { width, height, components, restartInterval = 0, separate = false, lineCountLast = false } = picture;
  const rows = lineCountLast ? 0 : height;
  const groups = separate ? components.map((component) => [component]) : [components];
  const quant = Array.from({ length: 64 }, () => (picture.wideQuant ? [0, QUANT] : [QUANT])).flat();
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...(picture.extra ?? []).flat(),
    ...segment(0xdb, [picture.wideQuant ? 0x10 : 0, ...quant]),
    ...segment(0xc0, [8, ...word(rows), ...word(width), components.length, ...components.flatMap(frameEntry)]),
    ...segment(0xc4, [0x00, 0, 0, 5, ...new Array(13).fill(0), 0, 1, 2, 3, 4]),
    ...segment(0xc4, [0x10, 1, ...new Array(15).fill(0), 0]),
    ...(restartInterval ? segment(0xdd, word(restartInterval)) : []),
    ...groups.flatMap((group, index) => [
      ...segment(0xda, [group.length, ...group.flatMap(({ id }) => [id, 0]), 0, 63, 0]),
      ...scanData(picture, group),
      ...(lineCountLast && index === 0 ? segment(0xdc, word(height)) : []),
    ]),
    ...[0xff, 0xd9],
  ]);
}

export const segment = (marker: number, body: readonly number[]): number[] => [
  ...[0xff, marker],
  ...word(body.length + 2),
  ...body,
];

const word = (value: number): number[] => [value >> 8, value & 255];

const frameEntry = ({ id, across, down }: FlatComponent): number[] => [id, (across << 4) | down, 0];

function scanData(
  { width, height, components, restartInterval = 0 }: FlatJpeg,
  group: readonly FlatComponent[],
): number[] {
  const widest = Math.max(...components.map(({ across }) => across));
  const highest = Math.max(...components.map(({ down }) => down));
  const [only] = group;
  const single = group.length === 1;
  const wide = single ? Math.ceil((width * only.across) / widest / 8) : Math.ceil(width / 8 / widest);
  const high = single ? Math.ceil((height * only.down) / highest / 8) : Math.ceil(height / 8 / highest);
  const blocks = group.map(({ across, down }) => (single ? 1 : across * down));
  const bytes: number[] = [];
  for (let done = 0; done < wide * high; ) {
    const count = Math.min(restartInterval || wide * high, wide * high - done);
    bytes.push(...stuffed(segmentBits(group, blocks, count)));
    done += count;
    if (done < wide * high) bytes.push(0xff, 0xd0 + ((done / restartInterval - 1) & 7));
  }
  return bytes;
}

/** Bits of `count` MCUs from a fresh start: the first block of a component carries its value, the rest no difference. */
function segmentBits(group: readonly FlatComponent[], blocks: readonly number[], count: number): string {
  const first = group.map(({ dc }, index) => block(dc) + block(0).repeat(Math.max(0, blocks[index] - 1))).join("");
  return (
    first +
    blocks
      .map((number) => block(0).repeat(number))
      .join("")
      .repeat(count - 1)
  );
}

function block(difference: number): string {
  const size = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
  const extra = difference > 0 ? difference : difference + (1 << size) - 1;
  return `${size.toString(2).padStart(3, "0")}${size ? extra.toString(2).padStart(size, "0") : ""}0`;
}

function stuffed(bits: string): number[] {
  const bytes = bits.match(/.{1,8}/g)?.map((eight) => Number.parseInt(eight.padEnd(8, "1"), 2)) ?? [];
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}
