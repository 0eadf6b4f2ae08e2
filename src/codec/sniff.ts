import { boxesIn, readerOf } from "./avif/isobmff.ts";
import { readItems } from "./avif/items.ts";
import type { Format } from "./codec.ts";

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** First bytes by format. A damaged file still has them, so that it is refused as what it is. */
const MAGIC: readonly (readonly [Format, Uint8Array])[] = [
  // Only SOI: damage right behind it still leaves a JPEG, and nothing else begins so.
  ["jpg", latin("\xff\xd8")],
  ["png", latin("\x89PNG\r\n\x1a\n")],
  ["gif", latin("GIF87a")],
  ["gif", latin("GIF89a")],
  ["tiff", latin("II*\0")],
  ["tiff", latin("MM\0*")],
  ["tiff", latin("II+\0")],
  ["tiff", latin("MM\0+")],
];

/** Which of our formats `bytes` begin like, whatever their source called them; undefined: none. */
export function sniffFormat(bytes: Uint8Array): Format | undefined {
  const byMagic = MAGIC.find(([, magic]) => hasAt(bytes, 0, magic));
  if (byMagic) return byMagic[0];
  if (hasAt(bytes, 0, latin("RIFF")) && hasAt(bytes, 8, latin("WEBP"))) return "webp";
  if (isBmp(bytes)) return "bmp";
  return isAvif(bytes) ? "avif" : undefined;
}

/** False where `head`, the beginning of a file, is too short to say which format that has, or what is in it. */
export const tellsFormat = (head: Uint8Array): boolean => !hasAt(head, 4, latin("ftyp")) || holdsMeta(head);

function holdsMeta(head: Uint8Array): boolean {
  try {
    return boxesIn(head).some(({ type, end }) => type === "meta" && end < head.length);
  } catch {
    return false;
  }
}

function hasAt(bytes: Uint8Array, at: number, magic: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[at + index] === byte);
}

/** Sizes of the headers that BMP has had: OS/2 1 and 2, Windows 3, 4 and 5. Two letters alone would be too little. */
const BMP_HEADER_BYTES = [12, 16, 40, 52, 56, 64, 108, 124];

function isBmp(bytes: Uint8Array): boolean {
  if (!hasAt(bytes, 0, latin("BM")) || bytes.length < 18) return false;
  return BMP_HEADER_BYTES.includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true));
}

/** By its brands (AV1 Image File Format 1.1 §6); HEIC has the general ones too, and there the items decide. */
function isAvif(bytes: Uint8Array): boolean {
  if (!hasAt(bytes, 4, latin("ftyp"))) return false;
  const brands = readBrands(bytes);
  if (brands.includes("avif") || brands.includes("avis")) return true;
  return (brands.includes("mif1") || brands.includes("msf1")) && showsAv1(bytes);
}

const MAX_BRANDS = 64;

function readBrands(bytes: Uint8Array): string[] {
  try {
    const [ftyp] = boxesIn(bytes.subarray(0, 16 + 4 * MAX_BRANDS));
    const reader = readerOf(bytes, ftyp);
    const brands = [reader.fourcc()];
    reader.take(4);
    while (reader.left >= 4) brands.push(reader.fourcc());
    return brands;
  } catch {
    return [];
  }
}

function showsAv1(bytes: Uint8Array): boolean {
  try {
    const { primary, byId, references } = readItems(bytes);
    const [first] = references.find(({ type, from }) => type === "dimg" && from === primary.id)?.to ?? [];
    return (primary.type === "grid" && first !== undefined ? byId.get(first) : primary)?.type === "av01";
  } catch {
    return false;
  }
}
