import { type Box, type BoxReader, boxesIn, damaged, readerOf } from "./isobmff.ts";

/** Part of an item's data; `start` counts from the file's begin or, for `idat`, from that box's content. */
interface Extent {
  readonly start: number;
  readonly length: number;
}

/** An item of ISO/IEC 14496-12 §8.11 with the properties of ISO/IEC 23008-12 §9.3. */
export interface Item {
  readonly id: number;
  readonly type: string;
  /** Property boxes in the order of their association. */
  readonly properties: readonly Box[];
  /** Undefined where the data is built from other items. */
  readonly extents: readonly Extent[] | undefined;
}

interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** What the `meta` box of a still says. */
export interface Items {
  readonly primary: Item;
  readonly byId: ReadonlyMap<number, Item>;
  readonly references: readonly Reference[];
}

const MAX_ITEMS = 2_048;
const MAX_EXTENTS = 32;
const MAX_PROPERTIES_PER_ITEM = 255;
const MAX_REFERRED_ITEMS = 65_536;

/** @throws HttpError 422 decode_failed where there is no primary item, or boxes contradict each other */
export function readItems(bytes: Uint8Array): Items {
  const meta = boxesIn(bytes).find(({ type }) => type === "meta");
  if (!meta) throw damaged("there is no meta box");
  const boxes = [...boxesIn(bytes, meta.start + 4, meta.end)];
  const find = (type: string) => boxes.find((box) => box.type === type);
  const byId = itemsById(bytes, find("iinf"), find("iprp"), readLocations(bytes, find("iloc"), find("idat")));
  const pitm = find("pitm");
  // Some writers of sequences leave out which item is the cover; there is but one.
  const primary = pitm ? byId.get(readPrimary(readerOf(bytes, pitm))) : byId.values().next().value;
  if (!primary) throw damaged("there is no primary item");
  return { primary, byId, references: readReferences(bytes, find("iref")) };
}

/** The item's data; parts that lie one after the other are not copied. */
export function itemData(bytes: Uint8Array, item: Item): Uint8Array {
  if (!item.extents?.length) throw damaged("an item has no data");
  const parts = item.extents.map(({ start, length }) => bytes.subarray(start, start + length));
  if (parts.length === 1) return parts[0];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > bytes.length) throw damaged("parts of an item overlap");
  const data = new Uint8Array(length);
  let filled = 0;
  for (const part of parts) {
    data.set(part, filled);
    filled += part.length;
  }
  return data;
}

function readPrimary(reader: BoxReader): number {
  return reader.versionAndFlags().version === 0 ? reader.u16() : reader.u32();
}

function itemsById(bytes: Uint8Array, iinf: Box | undefined, iprp: Box | undefined, extents: Map<number, Extent[]>) {
  const items = new Map<number, Item>();
  if (!iinf) return items;
  const properties = readProperties(bytes, iprp);
  const reader = readerOf(bytes, iinf);
  reader.take(reader.versionAndFlags().version === 0 ? 2 : 4);
  for (const box of boxesIn(bytes, reader.at, iinf.end)) {
    if (box.type !== "infe") continue;
    const { id, type } = readItemInfo(readerOf(bytes, box));
    items.set(id, { id, type, properties: properties.get(id) ?? [], extents: extents.get(id) });
    if (items.size > MAX_ITEMS) throw damaged("there are too many items");
  }
  return items;
}

/** §8.11.6; versions 0 and 1 are of an older kind that HEIF does not use. */
function readItemInfo(reader: BoxReader): { readonly id: number; readonly type: string } {
  const { version } = reader.versionAndFlags();
  if (version < 2) return { id: reader.u16(), type: "" };
  const id = version === 2 ? reader.u16() : reader.u32();
  reader.take(2);
  return { id, type: reader.fourcc() };
}

/** §8.11.3: where each item's data lies. Construction method 2 (data from other items) is left out. */
function readLocations(bytes: Uint8Array, iloc: Box | undefined, idat: Box | undefined): Map<number, Extent[]> {
  const locations = new Map<number, Extent[]>();
  if (!iloc) return locations;
  const reader = readerOf(bytes, iloc);
  const { version } = reader.versionAndFlags();
  const sizes = reader.u16();
  const count = version < 2 ? reader.u16() : reader.u32();
  if (count > MAX_ITEMS) throw damaged("there are too many items");
  for (let item = 0; item < count; item++) {
    const id = version < 2 ? reader.u16() : reader.u32();
    const method = version === 0 ? 0 : reader.u16() & 15;
    reader.take(2);
    const base = reader.unsigned((sizes >> 4) & 15) + (method === 1 ? (idat?.start ?? bytes.length) : 0);
    const extents = readExtents(reader, base, sizes, version === 0 ? 0 : sizes & 15, bytes.length);
    if (method < 2) locations.set(id, extents);
  }
  return locations;
}

function readExtents(reader: BoxReader, base: number, sizes: number, indexSize: number, end: number): Extent[] {
  const count = reader.u16();
  if (count > MAX_EXTENTS) throw damaged("an item has too many parts");
  return Array.from({ length: count }, () => {
    reader.take(indexSize);
    const start = base + reader.unsigned(sizes >> 12);
    const length = reader.unsigned((sizes >> 8) & 15);
    return { start, length: length || Math.max(end - start, 0) };
  });
}

/** Properties of each item, ISO/IEC 23008-12 §9.3. */
function readProperties(bytes: Uint8Array, iprp: Box | undefined): Map<number, Box[]> {
  const associations = new Map<number, Box[]>();
  const boxes = iprp ? [...boxesIn(bytes, iprp.start, iprp.end)] : [];
  const container = boxes.find(({ type }) => type === "ipco");
  const properties = container ? [...boxesIn(bytes, container.start, container.end)] : [];
  for (const box of boxes) if (box.type === "ipma") readAssociations(readerOf(bytes, box), properties, associations);
  return associations;
}

function readAssociations(reader: BoxReader, properties: readonly Box[], into: Map<number, Box[]>): void {
  const { version, flags } = reader.versionAndFlags();
  const count = reader.u32();
  if (count > MAX_ITEMS) throw damaged("there are too many items");
  for (let entry = 0; entry < count; entry++) {
    const id = version === 0 ? reader.u16() : reader.u32();
    const own = into.get(id) ?? [];
    for (let left = reader.u8(); left > 0; left--) {
      const index = flags & 1 ? reader.u16() & 0x7fff : reader.u8() & 0x7f;
      const property = properties[index - 1];
      if (property) own.push(property);
    }
    if (own.length > MAX_PROPERTIES_PER_ITEM) throw damaged("an item has too many properties");
    into.set(id, own);
  }
}

/** §8.11.12: who refers to whom. */
function readReferences(bytes: Uint8Array, iref: Box | undefined): Reference[] {
  if (!iref) return [];
  const idSize = readerOf(bytes, iref).versionAndFlags().version === 0 ? 2 : 4;
  const references: Reference[] = [];
  let referred = 0;
  for (const box of boxesIn(bytes, iref.start + 4, iref.end)) {
    const reader = readerOf(bytes, box);
    const from = reader.unsigned(idSize);
    const to = Array.from({ length: reader.u16() }, () => reader.unsigned(idSize));
    references.push({ type: box.type, from, to });
    referred += to.length;
    if (referred > MAX_REFERRED_ITEMS) throw damaged("there are too many references");
  }
  return references;
}
