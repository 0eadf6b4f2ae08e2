import type { Decoder, Header } from "../codec/codec.ts";
import { stripMetadata } from "../codec/strip.ts";
import { isSrgb } from "../colour/srgb.ts";

/**
 * The file itself, without metadata, where it may be shown as it is: upright and in sRGB. Absent where pixels must
 * change, or where the file cannot be taken apart: then it is decoded like any other.
 */
export async function strippedOriginal(
  bytes: Uint8Array,
  decoder: Decoder,
  header: Header,
): Promise<Uint8Array | undefined> {
  const { format, orientation, colour } = header;
  if (orientation !== 1 || !isSrgb(await decoder.readProfile(bytes), colour)) return undefined;
  return stripMetadata(bytes, format);
}
