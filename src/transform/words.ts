/** RGBA pixels as one word each, to move them whole. Shares the memory of `pixels`, unless that is not aligned. */
export function toWords(pixels: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  return new Uint32Array(buffer, byteOffset, length / 4);
}
