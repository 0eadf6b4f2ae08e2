import type { Size } from "../transform/image.ts";
import { firstTemporalUnit, readSequenceHeader, type SequenceHeader } from "./av1.ts";
import { type Item, type Items, itemData } from "./avif-items.ts";
import { type Box, BoxReader, damaged, readerOf } from "./isobmff.ts";

/** One AV1 picture: the data of an `av01` item, and what a container must say about it. */
export interface AvifTile extends Size {
  readonly data: Uint8Array;
  readonly sequence: SequenceHeader;
  /** Content of `av1C`. */
  readonly configuration: Uint8Array;
  /** Which layers of a layered picture to show: `a1op`, `lsel` and `a1lx`, boxes of the file. */
  readonly layering: readonly Box[];
}

/** A plane of pictures, left to right and top down: one tile, or a grid that may stick out at the right and bottom. */
export interface AvifLayer extends Size {
  readonly tiles: readonly AvifTile[];
  readonly columns: number;
}

const MAX_SIDE = 65_536;
/** Tiles of a grid: ISO/IEC 23008-12 §6.6.2.3 allows 256 × 256, no encoder comes near. */
const MAX_TILES = 1_024;

/** The pictures of an `av01` or `grid` item. */
export function readLayer(bytes: Uint8Array, items: Items, item: Item): AvifLayer {
  if (item.type === "av01") {
    const tile = readTile(bytes, item);
    return { width: tile.width, height: tile.height, tiles: [tile], columns: 1 };
  }
  if (item.type !== "grid") throw damaged("its picture is not AV1");
  return readGrid(bytes, item, referredItems(items, "dimg", item));
}

export function readTile(bytes: Uint8Array, item: Item): AvifTile {
  const av1c = property(item, "av1C");
  if (item.type !== "av01" || !av1c) throw damaged("an item is not AV1");
  const data = firstTemporalUnit(itemData(bytes, item));
  const configuration = bytes.subarray(av1c.start, av1c.end);
  return {
    ...readSize(bytes, item),
    data,
    configuration,
    sequence: readSequenceHeader(data),
    layering: item.properties.filter(({ type }) => type === "a1op" || type === "lsel" || type === "a1lx"),
  };
}

/** ISO/IEC 23008-12 §6.6.2.3. */
function readGrid(bytes: Uint8Array, grid: Item, items: readonly Item[]): AvifLayer {
  const reader = new BoxReader(itemData(bytes, grid));
  reader.take(1);
  const wide = (reader.u8() & 1) === 1;
  const rows = reader.u8() + 1;
  const columns = reader.u8() + 1;
  const [width, height] = wide ? [reader.u32(), reader.u32()] : [reader.u16(), reader.u16()];
  if (items.length !== rows * columns || items.length > MAX_TILES) throw damaged("a grid lacks tiles");
  const tiles = items.map((item) => readTile(bytes, item));
  const [first] = tiles;
  if (tiles.some((tile) => tile.width !== first.width || tile.height !== first.height || !sameKind(tile, first)))
    throw damaged("the tiles of a grid differ");
  if (first.width * columns < width || first.height * rows < height) throw damaged("a grid has a gap");
  return { ...checkedSize(width, height), tiles, columns };
}

function sameKind({ sequence: a }: AvifTile, { sequence: b }: AvifTile): boolean {
  return a.depth === b.depth && a.subsampling === b.subsampling;
}

export function referredItems(items: Items, kind: string, { id }: Item): Item[] {
  const ids = items.references.find(({ type, from }) => type === kind && from === id)?.to ?? [];
  return ids.map((to) => {
    const item = items.byId.get(to);
    if (!item) throw damaged("an item is missing");
    return item;
  });
}

function readSize(bytes: Uint8Array, item: Item): Size {
  const ispe = property(item, "ispe");
  if (!ispe) throw damaged("an item has no size");
  const reader = readerOf(bytes, ispe);
  reader.take(4);
  return checkedSize(reader.u32(), reader.u32());
}

function checkedSize(width: number, height: number): Size {
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) throw damaged("its size is impossible");
  return { width, height };
}

export const property = (item: Item, type: string): Box | undefined => item.properties.find((box) => box.type === type);
