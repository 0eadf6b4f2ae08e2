// Baseline JPEG by rows of MCUs. Tokens wait until codes are made for them: at the end, or when there are so many that
// they tell enough about the rest. From then on a row's tokens are written as soon as they are there.
import { writeLast, writeTokens } from "./jpeg-encode-bits";
import { samples } from "./jpeg-encode-colour";
import { quantise, transform } from "./jpeg-encode-dct";
import { makeCodes, startHuffman } from "./jpeg-encode-huffman";
import { takePixels } from "./jpeg-encode-pixels";
import { takePlanes } from "./jpeg-encode-planes";
import { addBlock, CHROMA, startTokens } from "./jpeg-encode-tokens";
import { alloc } from "./memory";

/** 6 blocks of at most 64 tokens of 4 bytes. */
const MCU_TOKEN_BYTES: usize = 6 * 64 * 4;
/** Room for tokens grows by this. */
const GROWTH: usize = 65536;
/** Tokens written in one go: they fit in `OUTPUT_BYTES`. */
const SLICE_BYTES: usize = 9216 * 4;
const OUTPUT_BYTES: usize = 65536;

let mcusWide: usize = 0;
/** Blocks of luma in an MCU, 1 or 4, and blocks in all: without chroma no more, else two. */
let lumaBlocks: usize = 0;
let mcuBlocks: usize = 0;
/** Reciprocals for luma, then for chroma, 64 f32 each, placed as `quantise` has them. */
let factors: usize = 0;
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
 * Starts a picture of `mcus` MCUs a row, each of `side`² blocks of luma and, unless it is gray, one of Cb and one of Cr;
 * at most `maxBytes` of tokens are kept. The host goes on with jpegEncodePixels or jpegEncodePlane.
 * @returns where the host writes 2 × 64 reciprocals (f32)
 */
export function jpegEncodeOpen(mcus: usize, side: usize, gray: bool, maxBytes: usize): usize {
  mcusWide = mcus;
  lumaBlocks = side * side;
  mcuBlocks = lumaBlocks + (gray ? 0 : 2);
  maxTokenBytes = maxBytes;
  startTokens();
  startHuffman();
  output = alloc(OUTPUT_BYTES);
  factors = alloc(512);
  return factors;
}

/** Where `jpegEncodeWrite` and `jpegEncodeEnd` put bytes. */
export function jpegEncodeOutput(): usize {
  return output;
}

/**
 * Turns MCUs of the row whose `count` rows of pixels are there into tokens, from MCU `first` on, until the row ends or
 * there is no more room. `count` 0: the rows of planes that are there.
 * @returns the MCU to go on with
 */
export function jpegEncodeMcus(count: usize, first: usize): usize {
  let mcu = first;
  for (; mcu < mcusWide && hasRoom(); mcu++) {
    if (count) takePixels(mcu, count);
    else takePlanes(mcu, lumaBlocks, mcuBlocks);
    addMcu();
  }
  return mcu;
}

/** Tokens are in one piece: nothing else is allocated once there are some. */
function hasRoom(): bool {
  if (tokens == 0) tokens = tokensRead = tokensEnd = tokensLimit = alloc(0);
  if (tokensLimit - tokensEnd >= MCU_TOKEN_BYTES) return true;
  if (tokensLimit - tokens >= maxTokenBytes) return false;
  tokensLimit = alloc(GROWTH) + GROWTH;
  return true;
}

/** First all blocks, then all tokens: what is not 0 is long known when a loop has to guess how many there are. */
function addMcu(): void {
  for (let block: usize = 0; block < mcuBlocks; block++) {
    transform(samples + (block << 8));
    const map = quantise(block < lumaBlocks ? factors : factors + 256, blocks + (block << 7));
    store<u64>(maps + (block << 3), map);
  }
  let at = tokensEnd;
  for (let block: usize = 0; block < lumaBlocks; block++) {
    const dc = <i32>load<i16>(blocks + (block << 7));
    at = addBlock(at, blocks + (block << 7), load<u64>(maps + (block << 3)), dc - lumaDc, 0);
    lumaDc = dc;
  }
  if (mcuBlocks > lumaBlocks) at = addChroma(at, lumaBlocks);
  tokensEnd = at;
}

function addChroma(at: usize, block: usize): usize {
  const first = blocks + (block << 7);
  const cb = <i32>load<i16>(first);
  at = addBlock(at, first, load<u64>(maps + (block << 3)), cb - cbDc, CHROMA);
  cbDc = cb;
  const cr = <i32>load<i16>(first, 128);
  at = addBlock(at, first + 128, load<u64>(maps + (block << 3), 8), cr - crDc, CHROMA);
  crDc = cr;
  return at;
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
