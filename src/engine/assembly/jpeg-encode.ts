// Baseline JPEG, 4:2:0, by rows of MCUs. Tokens wait until codes are made for them: at the end, or when there are so
// many that they tell enough about the rest. From then on a row's tokens are written as soon as they are there.
import { writeLast, writeTokens } from "./jpeg-encode-bits";
import { samples, toSamples } from "./jpeg-encode-colour";
import { quantise, transform } from "./jpeg-encode-dct";
import { makeCodes, startHuffman } from "./jpeg-encode-huffman";
import { addBlock, CHROMA, startTokens } from "./jpeg-encode-tokens";
import { alloc } from "./memory";

/** 6 blocks of at most 64 tokens of 4 bytes. */
const MCU_TOKEN_BYTES: usize = 6 * 64 * 4;
/** Room for tokens grows by this. */
const GROWTH: usize = 65536;
/** Tokens written in one go: they fit in `OUTPUT_BYTES`. */
const SLICE_BYTES: usize = 9216 * 4;
const OUTPUT_BYTES: usize = 65536;

let rows: usize = 0;
let width: usize = 0;
/** Reciprocals for luma, then for chroma, 64 f32 each, placed as `quantise` has them. */
let factors: usize = 0;
/** 16×16 pixels of an MCU that the picture does not fill. */
let edge: usize = 0;
let output: usize = 0;
/** The last DC coefficients of luma, Cb and Cr. */
let lumaDc: i32 = 0;
let cbDc: i32 = 0;
let crDc: i32 = 0;
/** Six quantised blocks and their maps. */
const blocks: usize = memory.data(6 * 128, 16);
const maps: usize = memory.data(6 * 8, 16);

let tokens: usize = 0;
let tokensRead: usize = 0;
let tokensEnd: usize = 0;
let tokensLimit: usize = 0;
let maxTokenBytes: usize = 0;

/**
 * Starts a picture of `columns` pixels a row; at most `maxBytes` of tokens are kept.
 * @returns where the host writes 2 × 64 reciprocals (f32), and after them 16 rows of pixels
 */
export function jpegEncodeOpen(columns: usize, maxBytes: usize): usize {
  width = columns;
  maxTokenBytes = maxBytes;
  startTokens();
  startHuffman();
  edge = alloc(1024);
  output = alloc(OUTPUT_BYTES);
  factors = alloc(512 + columns * 64);
  rows = factors + 512;
  tokens = alloc(0);
  tokensRead = tokensEnd = tokensLimit = tokens;
  return factors;
}

/** Where `jpegEncodeWrite` and `jpegEncodeEnd` put bytes. */
export function jpegEncodeOutput(): usize {
  return output;
}

/**
 * Turns MCUs of the row whose `count` rows of pixels are there into tokens, from MCU `first` on, until the row ends or
 * there is no more room.
 * @returns the MCU to go on with
 */
export function jpegEncodeMcus(count: usize, first: usize): usize {
  const end = (width + 15) >> 4;
  let mcu = first;
  for (; mcu < end && hasRoom(); mcu++) {
    const from = rows + (mcu << 6);
    const columns = min(16, width - (mcu << 4));
    if (columns == 16 && count == 16) toSamples(from, width << 2);
    else {
      pad(from, columns, count);
      toSamples(edge, 64);
    }
    addMcu();
  }
  return mcu;
}

function hasRoom(): bool {
  if (tokensLimit - tokensEnd >= MCU_TOKEN_BYTES) return true;
  if (tokensLimit - tokens >= maxTokenBytes) return false;
  tokensLimit = alloc(GROWTH) + GROWTH;
  return true;
}

/** Repeats the last column and the last row of pixels. */
function pad(from: usize, columns: usize, count: usize): void {
  for (let y: usize = 0; y < 16; y++) {
    const row = from + min(y, count - 1) * (width << 2);
    for (let x: usize = 0; x < 16; x++) {
      store<u32>(edge + (y << 6) + (x << 2), load<u32>(row + (min(x, columns - 1) << 2)));
    }
  }
}

/** First all blocks, then all tokens: what is not 0 is long known when a loop has to guess how many there are. */
function addMcu(): void {
  for (let block: usize = 0; block < 6; block++) {
    transform(samples + (block << 8));
    const map = quantise(block < 4 ? factors : factors + 256, blocks + (block << 7));
    store<u64>(maps + (block << 3), map);
  }
  let at = tokensEnd;
  for (let block: usize = 0; block < 4; block++) {
    const dc = <i32>load<i16>(blocks + (block << 7));
    at = addBlock(at, blocks + (block << 7), load<u64>(maps + (block << 3)), dc - lumaDc, 0);
    lumaDc = dc;
  }
  const cb = <i32>load<i16>(blocks, 4 << 7);
  at = addBlock(at, blocks + (4 << 7), load<u64>(maps, 4 << 3), cb - cbDc, CHROMA);
  cbDc = cb;
  const cr = <i32>load<i16>(blocks, 5 << 7);
  tokensEnd = addBlock(at, blocks + (5 << 7), load<u64>(maps, 5 << 3), cr - crDc, CHROMA);
  crDc = cr;
}

/**
 * Makes the codes from the tokens so far. `whole`: there will be no others.
 * @returns where the tables for luma DC and AC, chroma DC and AC are: 16 counts and up to 256 symbols each
 */
export function jpegEncodeCodes(whole: bool): usize {
  return makeCodes(whole);
}

/** Writes some tokens; the result is how many bytes that gave. Once it is 0, no tokens are left. */
export function jpegEncodeWrite(): usize {
  let to = output;
  while (to == output && tokensRead < tokensEnd) {
    const end = min(tokensRead + SLICE_BYTES, tokensEnd);
    to = writeTokens(tokensRead, end, output);
    tokensRead = end;
  }
  if (tokensRead == tokensEnd) tokensRead = tokensEnd = tokens;
  return to - output;
}

/** Writes the last bits; the result is how many bytes they took. */
export function jpegEncodeEnd(): usize {
  return writeLast(output) - output;
}
