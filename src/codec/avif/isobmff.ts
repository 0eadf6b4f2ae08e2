import { HttpError } from "../../error.ts";

/** A box of ISO/IEC 14496-12 §4.2: `start` and `end` bound its content, header excluded. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** More than any sane file has, and few enough that a file of nothing but boxes is refused at once. */
const MAX_BOXES = 4_096;

export const damaged = (what: string) => new HttpError(422, "decode_failed", `Cannot read AVIF: ${what}`);

/** Reads big-endian numbers of a part of a file, never past its end. */
export class BoxReader {
  #at: number;
  readonly #end: number;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = start;
    this.#end = Math.min(end, bytes.length);
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  /** Moves on by `count` bytes and gives the offset they start at. */
  take(count: number): number {
    if (count > this.left) throw damaged("a box is cut short");
    this.#at += count;
    return this.#at - count;
  }

  u8(): number {
    return this.#view.getUint8(this.take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.take(2));
  }

  u32(): number {
    return this.#view.getUint32(this.take(4));
  }

  i32(): number {
    return this.#view.getInt32(this.take(4));
  }

  /** A number of `size` bytes, 0 to 8; above 2^53 it is rounded, and far beyond any file. */
  unsigned(size: number): number {
    let value = 0;
    for (let count = 0; count < size; count++) value = value * 256 + this.u8();
    return value;
  }

  fourcc(): string {
    const at = this.take(4);
    return String.fromCharCode(...this.#bytes.subarray(at, at + 4));
  }

  bytes(count: number): Uint8Array {
    const at = this.take(count);
    return this.#bytes.subarray(at, at + count);
  }

  /** Bytes up to a zero, which is skipped, or to the end. */
  text(): string {
    let text = "";
    for (let code = 1; this.left > 0 && code !== 0; ) {
      code = this.u8();
      if (code !== 0) text += String.fromCharCode(code);
    }
    return text;
  }

  /** Version and flags of a full box (§4.2.2). */
  versionAndFlags(): { readonly version: number; readonly flags: number } {
    const word = this.u32();
    return { version: word >>> 24, flags: word & 0xffffff };
  }
}

/** Boxes one after the other; a box that claims more than there is ends where its parent does. */
export function* boxesIn(bytes: Uint8Array, start = 0, end = bytes.length): Generator<Box> {
  const reader = new BoxReader(bytes, start, end);
  for (let count = 0; reader.left >= 8; count++) {
    if (count === MAX_BOXES) throw damaged("there are too many boxes");
    const from = reader.at;
    const size32 = reader.u32();
    const type = reader.fourcc();
    const size = size32 === 1 ? reader.unsigned(8) : size32 === 0 ? end - from : size32;
    const contentStart = reader.at;
    if (size < contentStart - from) throw damaged("a box is smaller than its header");
    const contentEnd = Math.min(from + size, end);
    yield { type, start: contentStart, end: contentEnd };
    reader.take(contentEnd - contentStart);
  }
}

export function readerOf(bytes: Uint8Array, box: Box): BoxReader {
  return new BoxReader(bytes, box.start, box.end);
}
