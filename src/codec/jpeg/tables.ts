/** Tables in force while a JPEG is read. A definition replaces the one before it. */
export interface JpegTables {
  /** By id 0–3: 64 steps in zigzag order. */
  readonly quant: (Uint16Array | undefined)[];
  /** By class (0 = DC, 1 = AC), then id 0–3: 16 counts and the symbols. */
  readonly huffman: readonly [dc: (Uint8Array | undefined)[], ac: (Uint8Array | undefined)[]];
  /** Of arithmetic coding, by class and id 0–3: DC bounds U << 4 | L, AC bound K. */
  readonly conditioning: readonly [dc: number[], ac: number[]];
}

/** No quantisation, and the Huffman tables of T.81 annex K.3, which motion JPEG leaves out. */
export function initialTables(): JpegTables {
  return {
    quant: [],
    huffman: [
      [DC_LUMA, DC_CHROMA],
      [AC_LUMA, AC_CHROMA],
    ],
    conditioning: [new Array(4).fill(0x10), new Array(4).fill(5)],
  };
}

/** Reads a DAC segment (T.81 §B.2.4.3). */
export function readConditioning(body: Uint8Array, tables: JpegTables): void {
  for (let at = 0; at + 2 <= body.length; at += 2) {
    const kind = body[at] >> 4;
    const id = body[at] & 15;
    if (kind <= 1 && id <= 3) tables.conditioning[kind][id] = body[at + 1];
  }
}

/** Reads a DQT segment (T.81 §B.2.4.1). What is cut or has an id above 3 is left out. */
export function readQuant(body: Uint8Array, tables: JpegTables): void {
  for (let at = 0; at < body.length; ) {
    const wide = body[at] >> 4 !== 0;
    const id = body[at] & 15;
    const end = at + 1 + (wide ? 128 : 64);
    if (id > 3 || end > body.length) return;
    tables.quant[id] = Uint16Array.from({ length: 64 }, (_, index) =>
      wide ? (body[at + 1 + 2 * index] << 8) | body[at + 2 + 2 * index] : body[at + 1 + index],
    );
    at = end;
  }
}

/** Reads a DHT segment (T.81 §B.2.4.2). What is cut, has an id above 3 or is no prefix code is left out. */
export function readHuffman(body: Uint8Array, tables: JpegTables): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const kind = body[at] >> 4;
    const id = body[at] & 15;
    const counts = body.subarray(at + 1, at + 17);
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
    if (kind > 1 || id > 3 || end > body.length || end - at > 17 + 256) return;
    const spec = body.slice(at + 1, end);
    tables.huffman[kind][id] = isPrefixCode(spec) && (kind === 1 || hasDcSymbols(spec)) ? spec : undefined;
    at = end;
  }
}

/** Kraft's inequality: there is room for every code. */
function isPrefixCode(spec: Uint8Array): boolean {
  let used = 0;
  for (let length = 1; length <= 16; length++) used += spec[length - 1] << (16 - length);
  return used <= 65_536;
}

/** A DC symbol is a number of extra bits, at most 15. */
const hasDcSymbols = (spec: Uint8Array): boolean => spec.subarray(16).every((symbol) => symbol <= 15);

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16));

const DC_LUMA = bytesOf("00010501010101010100000000000000 000102030405060708090a0b");
const DC_CHROMA = bytesOf("00030101010101010101010000000000 000102030405060708090a0b");
const AC_LUMA = bytesOf(
  `0002010303020403050504040000017d 0102030004110512213141061351610722711432
  8191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465
  666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9
  cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa`,
);
const AC_CHROMA = bytesOf(
  `00020102040403040705040400010277 0001020311040521310612415107617113223281
  08144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a6364
  65666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7
  c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa`,
);
