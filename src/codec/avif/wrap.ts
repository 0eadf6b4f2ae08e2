import type { AvifColour, AvifTile } from "./header.ts";

/**
 * The smallest AVIF file around one AV1 picture (AV1 Image File Format 1.1; MIAF, ISO/IEC 23000-22). The decoder gets
 * only what we wrote and checked: no list of items, no property, no metadata of the stranger's file reaches its parser.
 */
export function wrapTile(file: Uint8Array, tile: AvifTile, colour: AvifColour): Uint8Array {
  const ftyp = box("ftyp", text("avif"), u32(0), text("avifmif1miaf"));
  const metaLength = metaBox(file, tile, colour, 0).length;
  const start = ftyp.length + metaLength + 8;
  return concat([ftyp, metaBox(file, tile, colour, start), box("mdat", tile.data)]);
}

function metaBox(file: Uint8Array, tile: AvifTile, colour: AvifColour, start: number): Uint8Array {
  return fullBox(
    "meta",
    fullBox("hdlr", u32(0), text("pict"), u32(0, 0, 0), [0]),
    fullBox("pitm", u16(1)),
    fullBox("iloc", [0x44, 0], u16(1, 1, 0, 1), u32(start, tile.data.length)),
    fullBox("iinf", u16(1), box("infe", u32(0x0200_0000), u16(1, 0), text("av01"), [0])),
    propertiesBox(file, tile, colour),
  );
}

function propertiesBox(file: Uint8Array, tile: AvifTile, { matrix, fullRange }: AvifColour): Uint8Array {
  const { depth, subsampling } = tile.sequence;
  const channels = subsampling === "4:0:0" ? 1 : 3;
  const properties = [
    fullBox("ispe", u32(tile.width, tile.height)),
    fullBox("pixi", [channels], Array(channels).fill(depth)),
    box("av1C", tile.configuration),
    box("colr", text("nclx"), u16(1, 13, matrix), [fullRange ? 128 : 0]),
    ...tile.layering.map(({ type, start, end }) => box(type, file.subarray(start, end))),
  ];
  const types = ["ispe", "pixi", "av1C", "colr", ...tile.layering.map(({ type }) => type)];
  const associations = types.map((type, index) => (ESSENTIAL.includes(type) ? 128 : 0) | (index + 1));
  return box("iprp", box("ipco", ...properties), fullBox("ipma", u32(1), u16(1), [properties.length], associations));
}

/** Properties that a reader must understand to show the picture. */
const ESSENTIAL = ["av1C", "a1op", "lsel"];

type Bytes = Uint8Array | readonly number[];

const u16 = (...values: readonly number[]) => values.flatMap((value) => [value >> 8, value & 255]);
const u32 = (...values: readonly number[]) => values.flatMap((value) => u16(value >>> 16, value & 0xffff));
const text = (letters: string) => Array.from(letters, (letter) => letter.charCodeAt(0));

function box(type: string, ...content: readonly Bytes[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  return concat([u32(length), text(type), ...content]);
}

/** Version 0, no flags. */
function fullBox(type: string, ...content: readonly Bytes[]): Uint8Array {
  return box(type, u32(0), ...content);
}

function concat(parts: readonly Bytes[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    bytes.set(part, filled);
    filled += part.length;
  }
  return bytes;
}
