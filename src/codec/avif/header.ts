import type { Rect, Size } from "../../transform/image.ts";
import type { Header, Orientation } from "../codec.ts";
import { firstTemporalUnit, readSequenceHeader, type SequenceHeader } from "./av1.ts";
import { type Box, BoxReader, damaged, readerOf } from "./isobmff.ts";
import { type Item, type Items, itemData, readItems } from "./items.ts";
import { readTransforms } from "./transforms.ts";

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

/** How pixels follow from Y, U, V (ITU-T H.273 §8.3). */
export interface AvifColour {
  readonly matrix: number;
  readonly fullRange: boolean;
}

/** What is shown of a layer, and how it is turned. */
interface AvifView {
  readonly crop: Rect;
  readonly orientation: Orientation;
}

/** Its size is the crop's. */
export interface AvifPicture extends Size, AvifView {
  readonly colour: AvifLayer;
  readonly alpha: (AvifView & { readonly layer: AvifLayer }) | undefined;
  /** Colours are multiplied by alpha and must be divided again. */
  readonly premultiplied: boolean;
  readonly conversion: AvifColour;
  readonly profile: Uint8Array | undefined;
}

const MAX_SIDE = 65_536;
/** Tiles of a grid: ISO/IEC 23008-12 §6.6.2.3 allows 256 × 256, no encoder comes near. */
const MAX_TILES = 1_024;

/**
 * The still that an AVIF file shows: its primary item (AV1 Image File Format 1.1 §2; ISO/IEC 23008-12). Of a sequence
 * (brand `avis`) that is its cover, so `frameCount` is always 1.
 * @throws HttpError 422 decode_failed, 415 unsupported_image
 */
export function readAvif(bytes: Uint8Array): AvifPicture {
  const items = readItems(bytes);
  const { primary } = items;
  const colour = readLayer(bytes, items, primary);
  const view = readTransforms(bytes, primary.properties, colour);
  const { crop } = view;
  return {
    width: crop.width,
    height: crop.height,
    colour,
    alpha: readAlpha(bytes, items, colour, view),
    premultiplied: items.references.some(({ type, from }) => type === "prem" && from === primary.id),
    conversion: readConversion(bytes, primary, colour.tiles[0].sequence),
    ...view,
    profile: readProfile(bytes, primary),
  };
}

/** Sizes are those after `clap` and before `orientation`, which stands for `irot` and `imir`; EXIF does not count. */
export function avifHeader(bytes: Uint8Array): Header {
  const { width, height, orientation, alpha, colour } = readAvif(bytes);
  const { depth, subsampling } = colour.tiles[0].sequence;
  return {
    format: "avif",
    ...{ width, height, orientation, depth },
    frameCount: 1,
    alpha: alpha !== undefined,
    colour: subsampling === "4:0:0" ? "gray" : "yuv",
    progressive: false,
  };
}

function readLayer(bytes: Uint8Array, items: Items, item: Item): AvifLayer {
  if (item.type === "av01") {
    const tile = readTile(bytes, item);
    return { width: tile.width, height: tile.height, tiles: [tile], columns: 1 };
  }
  if (item.type !== "grid") throw damaged("its picture is not AV1");
  return readGrid(bytes, item, referredItems(items, "dimg", item));
}

function readTile(bytes: Uint8Array, item: Item): AvifTile {
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

/** The alpha of the picture, or, where only the tiles of a grid have some, the grid of theirs. */
function readAlpha(bytes: Uint8Array, items: Items, colour: AvifLayer, view: AvifView): AvifPicture["alpha"] {
  const own = alphaItem(bytes, items, items.primary);
  if (own) {
    const layer = readLayer(bytes, items, own);
    return { layer, ...readTransforms(bytes, own.properties, layer) };
  }
  if (items.primary.type !== "grid") return undefined;
  const parts = referredItems(items, "dimg", items.primary).map((item) => alphaItem(bytes, items, item));
  const tiles = parts.filter((part) => part !== undefined).map((part) => readTile(bytes, part));
  return tiles.length === parts.length ? { layer: { ...colour, tiles }, ...view } : undefined;
}

const ALPHA_URNS = ["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1"];

function alphaItem(bytes: Uint8Array, items: Items, master: Item): Item | undefined {
  for (const { type, from, to } of items.references) {
    if (type !== "auxl" || !to.includes(master.id)) continue;
    const item = items.byId.get(from);
    const auxc = item && property(item, "auxC");
    if (!auxc) continue;
    const reader = readerOf(bytes, auxc);
    reader.take(4);
    if (ALPHA_URNS.includes(reader.text())) return item;
  }
  return undefined;
}

function referredItems(items: Items, kind: string, { id }: Item): Item[] {
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

const property = (item: Item, type: string): Box | undefined => item.properties.find((box) => box.type === type);

const UNSPECIFIED = 2;

/**
 * `colr` of type `nclx` wins over the sequence header (AV1 Image File Format 1.1 §2.1), unless it specifies nothing:
 * then its range is an empty default too, and what the encoder wrote is right.
 */
function readConversion(bytes: Uint8Array, item: Item, sequence: SequenceHeader): AvifColour {
  for (const box of item.properties) {
    const reader = readerOf(bytes, box);
    if (box.type !== "colr" || reader.left < 11 || reader.fourcc() !== "nclx") continue;
    const [primaries, transfer, matrix] = [reader.u16(), reader.u16(), reader.u16()];
    const empty = primaries === UNSPECIFIED && transfer === UNSPECIFIED && matrix === UNSPECIFIED;
    if (!empty) return { matrix, fullRange: reader.u8() >= 128 };
  }
  return { matrix: sequence.matrix, fullRange: sequence.fullRange };
}

/** security.md L10. */
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

function readProfile(bytes: Uint8Array, item: Item): Uint8Array | undefined {
  for (const box of item.properties) {
    const reader = readerOf(bytes, box);
    if (box.type !== "colr" || reader.left < 132 || reader.left > MAX_PROFILE_BYTES + 4) continue;
    const kind = reader.fourcc();
    if (kind === "prof" || kind === "rICC") return bytes.subarray(reader.at, box.end);
  }
  return undefined;
}
