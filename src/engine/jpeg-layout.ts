import type { Size } from "../transform/image.ts";

/** What of a JPEG frame header (T.81 §B.2.2) decides sizes. */
export interface JpegFrame extends Size {
  readonly progressive: boolean;
  /** Arithmetic instead of Huffman coding. */
  readonly arithmetic: boolean;
  /** True where more than one scan makes the picture, so that coefficients must be kept. */
  readonly multiScan: boolean;
  /** Sampling factors, 1–4. */
  readonly components: readonly { readonly across: number; readonly down: number }[];
}

/** Result = source ÷ shrink. */
export type Shrink = 1 | 2 | 4 | 8;

/** One component at the wanted size. */
export interface JpegPlane extends Size {
  readonly across: number;
  readonly down: number;
  /** Samples that one 8×8 block gives a side. */
  readonly size: number;
  /** What of width × height the picture covers, not rounded. */
  readonly extent: Size;
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Blocks of a row and rows of blocks, whole MCUs. */
  readonly rowBlocks: number;
  readonly blockRows: number;
  readonly ringRows: number;
  /** Code of the way to full width and height, as jpeg-upsample reads it. */
  readonly upsampling: number;
}

/** What a reader gives: samples in planes, each as dense as it likes. */
export interface JpegPlanes {
  readonly mcusWide: number;
  readonly mcusHigh: number;
  readonly planes: readonly JpegPlane[];
}

export interface JpegLayout extends JpegPlanes, Size {
  /** Rows of the result that a row of MCUs gives. */
  readonly rowsPerMcu: number;
  /** Rows that must wait for the next row of MCUs. */
  readonly held: number;
}

const SCAN_BYTES = 512;
const DC_TABLE_BYTES = 9_632;
const AC_TABLE_BYTES = 26_016;
/** Where only the first coefficient of blocks is formed. */
const FIRST_TABLE_BYTES = 8_192;
const INPUT_BYTES = 32_768;
const STATIC_BYTES = 131_072;
const WASM_PAGE = 65_536;
const SAME = 0;
const WIDER = 1;
const WIDER_AND_HIGHER = 2;
const HIGHER = 3;
const NEAREST = 4;
const LOWER = 5;
const NARROWER = 6;

/** Sizes of everything in the engine when `frame` is decoded at 1/`shrink`. */
export function jpegLayout(frame: JpegFrame, shrink: Shrink): JpegLayout {
  const size = 8 / shrink;
  const { widest, highest, mcusWide, mcusHigh } = mcusOf(frame);
  const grid = { across: widest * size, down: highest * size, size };
  const planes = frame.components.map((component) => {
    const plane = jpegPlane(frame, component, blockSize(component.across, component.down, grid));
    return {
      ...plane,
      upsampling: upsamplingOf(component.across * plane.size, component.down * plane.size, grid, plane.width),
    };
  });
  return {
    width: Math.ceil(frame.width / shrink),
    height: Math.ceil(frame.height / shrink),
    mcusWide,
    mcusHigh,
    rowsPerMcu: grid.down,
    held: planes.some(({ upsampling }) => upsampling === HIGHER || upsampling === WIDER_AND_HIGHER) ? 1 : 0,
    planes,
  };
}

/** The planes of `frame`, a block of each giving so many samples a side. */
export function jpegPlanes(frame: JpegFrame, sizes: readonly number[]): JpegPlanes {
  const { mcusWide, mcusHigh } = mcusOf(frame);
  return {
    mcusWide,
    mcusHigh,
    planes: frame.components.map((component, index) => jpegPlane(frame, component, sizes[index])),
  };
}

/** An MCU of the result: pixels across and down, samples a block of the densest component. */
interface Grid {
  readonly across: number;
  readonly down: number;
  readonly size: number;
}

function mcusOf({ width, height, components }: JpegFrame) {
  const widest = Math.max(...components.map(({ across }) => across));
  const highest = Math.max(...components.map(({ down }) => down));
  return { widest, highest, mcusWide: Math.ceil(width / (8 * widest)), mcusHigh: Math.ceil(height / (8 * highest)) };
}

/** A component of `frame` at `size` samples a side of a block. */
function jpegPlane(frame: JpegFrame, { across, down }: { across: number; down: number }, size: number): JpegPlane {
  const { widest, highest, mcusWide, mcusHigh } = mcusOf(frame);
  const extent = {
    width: (frame.width * across * size) / (8 * widest),
    height: (frame.height * down * size) / (8 * highest),
  };
  return {
    ...{ across, down, size, extent },
    ...{ width: Math.ceil(extent.width), height: Math.ceil(extent.height) },
    blocksWide: Math.ceil((frame.width * across) / (8 * widest)),
    blocksHigh: Math.ceil((frame.height * down) / (8 * highest)),
    rowBlocks: mcusWide * across,
    blockRows: mcusHigh * down,
    ringRows: 2 * down * size,
    upsampling: SAME,
  };
}

/** A subsampled component keeps more of each block, so that a shrunk picture needs no upsampling. */
function blockSize(across: number, down: number, grid: Grid): number {
  let size = grid.size;
  while (size < 8 && mayDouble(across * size, down * size, grid)) size *= 2;
  return size;
}

/** Twice the samples must fit the grid; in one direction they may be twice too many, which is better than half. */
function mayDouble(across: number, down: number, grid: Grid): boolean {
  const fits = grid.across % (2 * across) === 0 && grid.down % (2 * down) === 0;
  const lower = 2 * across === grid.across && down === grid.down;
  const narrower = across === grid.across && 2 * down === grid.down;
  return fits || lower || narrower;
}

function upsamplingOf(across: number, down: number, grid: Grid, width: number): number {
  const wider = grid.across / across;
  const higher = grid.down / down;
  if (wider === 1 && higher === 1) return SAME;
  // libjpeg's filters need three columns.
  if (wider === 2 && higher === 1 && width > 2) return WIDER;
  if (wider === 2 && higher === 2 && width > 2) return WIDER_AND_HIGHER;
  if (wider === 1 && higher === 2) return HIGHER;
  if (wider === 1 && higher === 0.5) return LOWER;
  if (wider === 0.5 && higher === 1) return NARROWER;
  return NEAREST | (down << 8) | (grid.down << 14) | (across << 20) | (grid.across << 26);
}

/** Bytes of a row of samples in the ring. */
export const strideOf = (plane: JpegPlane): number => roundUp(plane.rowBlocks * plane.size, 16);

export const ringBytes = (plane: JpegPlane): number => strideOf(plane) * plane.ringRows + 16;

export const blocksOf = (plane: JpegPlane): number => plane.rowBlocks * plane.blockRows;

/** True where more than one scan makes the picture: they meet in a row of coefficients. */
export const isMerged = ({ progressive, multiScan }: JpegFrame): boolean => progressive || multiScan;

/** Coefficients, 2 bytes each, of a row of MCUs. */
export const coefficientBytes = (plane: JpegPlane): number => 2 * plane.rowBlocks * plane.down * plane.size ** 2;

/** A bit for each of the 64 coefficients of a block, for a row of MCUs. */
export const nonzeroBytes = (plane: JpegPlane): number => 8 * plane.rowBlocks * plane.down;

/** Entropy-coded bytes that a scan holds ready. */
export const windowBytes = (frame: JpegFrame): number => (isMerged(frame) ? 16_384 : 65_536);

export const bandBytes = (layout: JpegLayout): number => (layout.rowsPerMcu + 1) * layout.width * 4 + 64;

/** Room between ring and band: four rows of samples, and one of 16-bit sums. */
export const LINES = 6;

/** Bytes of one row of samples between ring and band. */
export const lineBytes = (layout: JpegLayout): number => roundUp(layout.width + 64, 16);

/** WASM memory that decoding `scanCount` scans to pixels takes at most, the file not counted: it stays where it is. */
export const jpegMemoryBytes = (frame: JpegFrame, layout: JpegLayout, scanCount: number): number =>
  roundUp(jpegReaderBytes(frame, layout.planes, scanCount) + bandBytes(layout) + LINES * lineBytes(layout), WASM_PAGE);

/** WASM memory that reading takes at most, that of the engine itself with it. */
export function jpegReaderBytes(frame: JpegFrame, planes: readonly JpegPlane[], scanCount: number): number {
  const fixed = STATIC_BYTES + INPUT_BYTES + scanCount * (windowBytes(frame) + SCAN_BYTES + tableBytes(frame));
  return planes.reduce((sum, plane) => sum + ringBytes(plane) + 128 + rowBytes(frame, plane), fixed);
}

function rowBytes(frame: JpegFrame, plane: JpegPlane): number {
  if (!isMerged(frame)) return 0;
  return coefficientBytes(plane) + (frame.progressive ? nonzeroBytes(plane) : 0) + 32;
}

/** Tables of one scan: a progressive one has DC tables of its members or one AC table, which are of one size. */
function tableBytes({ progressive, components }: JpegFrame): number {
  const members = components.length;
  return members * (progressive ? DC_TABLE_BYTES : DC_TABLE_BYTES + AC_TABLE_BYTES + FIRST_TABLE_BYTES);
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
