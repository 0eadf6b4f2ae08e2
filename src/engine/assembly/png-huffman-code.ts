// Huffman codes for the writer, from their lengths.

/** Per symbol its canonical code (RFC 1951 §3.2.2), bits reversed as they are written, with its length above bit 24. */
export function pngHuffmanCode(lengths: usize, symbols: u32, codes: usize): void {
  let code: u32 = 0;
  for (let length: u32 = 1; length <= 15; length++) {
    for (let symbol: u32 = 0; symbol < symbols; symbol++)
      if (load<u8>(lengths + symbol) == length) store<u32>(codes + symbol * 4, reversed(code++, length) | (length << 24));
    code <<= 1;
  }
}

function reversed(code: u32, length: u32): u32 {
  let result: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}
