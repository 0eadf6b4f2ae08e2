import type { Rect, Size } from "../../transform/image.ts";
import { type ByteSink, createByteSink, joinBytes } from "../byte-sink.ts";
import { writeLzw } from "./lzw.ts";
import type { FrameColours } from "./palette.ts";

/** One frame ready to be written. */
export interface WrittenFrame {
  readonly rect: Rect;
  readonly colours: FrameColours;
  /** Colour indices of the whole canvas, transparent outside of `rect`. */
  readonly indices: Uint8Array;
  /** Whether some of its pixels show what lies beneath. */
  readonly transparent: boolean;
  /** `clear`: its rectangle is transparent once its time is over. */
  readonly disposal: "keep" | "clear";
  /** Hundredths of a second. */
  readonly delay: number;
}

interface GifWriter {
  write(frame: WrittenFrame): void;
  /** The whole file; `shared` colours are those of all frames that say so. */
  finish(shared: Uint8Array, loop: number | undefined): Uint8Array;
}

const ascii = new TextEncoder();

/** Writes GIF89a. What stands at the beginning is written last, because shared colours become more frame by frame. */
export function createGifWriter(screen: Size): GifWriter {
  const body = createByteSink();
  return {
    write({ rect, colours, indices, transparent, disposal, delay }) {
      const transparentIndex = transparent ? colours.transparentIndex : undefined;
      writeControl(body, transparentIndex, disposal, delay);
      writeDescriptor(body, rect, colours);
      writeLzw(rowsOf(indices, screen.width, rect), Math.max(2, tableBits(colours.rgb)), body.append);
    },
    finish(shared, loop) {
      const file = createByteSink();
      writeScreen(file, screen, shared);
      if (loop !== undefined && loop !== 1) writeLoop(file, loop);
      return joinBytes([...file.pieces(), ...body.pieces(), Uint8Array.of(TRAILER)]);
    },
  };
}

const TRAILER = 0x3b;

/** GIF89a §17–19. */
function writeScreen(sink: ByteSink, { width, height }: Size, colours: Uint8Array): void {
  sink.append(ascii.encode("GIF89a"));
  sink.append(Uint8Array.of(...uint16(width), ...uint16(height), 0xf0 | (tableBits(colours) - 1), 0, 0));
  sink.append(toTable(colours));
}

/** The extension of Netscape 2.0 counts repetitions after the first showing. */
function writeLoop(sink: ByteSink, loop: number): void {
  sink.append(Uint8Array.of(0x21, 0xff, 11));
  sink.append(ascii.encode("NETSCAPE2.0"));
  sink.append(Uint8Array.of(3, 1, ...uint16(Math.min(Math.max(loop - 1, 0), 0xffff)), 0));
}

/** GIF89a §23. */
function writeControl(sink: ByteSink, transparentIndex: number | undefined, disposal: "keep" | "clear", delay: number) {
  const flags = (disposal === "clear" ? 2 << 2 : 1 << 2) | (transparentIndex === undefined ? 0 : 1);
  sink.append(Uint8Array.of(0x21, 0xf9, 4, flags, ...uint16(delay), transparentIndex ?? 0, 0));
}

/** GIF89a §20, with the local table if there is one. */
function writeDescriptor(sink: ByteSink, { left, top, width, height }: Rect, { rgb, shared }: FrameColours): void {
  const table = shared ? 0 : 0x80 | (tableBits(rgb) - 1);
  sink.append(Uint8Array.of(0x2c, ...uint16(left), ...uint16(top), ...uint16(width), ...uint16(height), table));
  if (!shared) sink.append(toTable(rgb));
}

function* rowsOf(indices: Uint8Array, width: number, rect: Rect): Generator<Uint8Array> {
  for (let y = rect.top; y < rect.top + rect.height; y++)
    yield indices.subarray(y * width + rect.left, y * width + rect.left + rect.width);
}

/** Bits of an index: a table holds a power of two, at least 2, of colours. */
const tableBits = (rgb: Uint8Array): number => Math.max(1, Math.ceil(Math.log2(rgb.length / 3)));

function toTable(rgb: Uint8Array): Uint8Array {
  const table = new Uint8Array(3 << tableBits(rgb));
  table.set(rgb);
  return table;
}

const uint16 = (value: number): [number, number] => [value & 0xff, value >> 8];
