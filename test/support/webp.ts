import createDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import decoderWasm from "@jsquash/webp/codec/dec/webp_dec.wasm";
import type { EncodeOptions } from "@jsquash/webp/codec/enc/webp_enc.js";
import createEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import encoderWasm from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import { defaultOptions } from "@jsquash/webp/meta.js";
import type { RawImage } from "../../src/transform/image.ts";
import "./image-data.ts";

const instantiate = (wasm: WebAssembly.Module) => ({
  noInitialRun: true,
  instantiateWasm(imports: WebAssembly.Imports, succeed: (instance: WebAssembly.Instance) => void) {
    const instance = new WebAssembly.Instance(wasm, imports);
    succeed(instance);
    return instance.exports;
  },
});
const encoder = await createEncoder(instantiate(encoderWasm));
const decoder = await createDecoder(instantiate(decoderWasm));

/** What libwebp makes of `image`: a file of one chunk, or VP8X, ALPH and VP8 for a lossy picture with alpha. */
export function libwebpEncode({ data, width, height }: RawImage, options: Partial<EncodeOptions>): Uint8Array {
  const bytes: Uint8Array = encoder.encode(data, width, height, { ...defaultOptions, ...options });
  return bytes.slice();
}

/** libwebp's pixels: the oracle. It is too old for strangers' files; these are ours. */
export function libwebpDecode(bytes: Uint8Array): RawImage {
  const { data, width, height } = decoder.decode(bytes);
  return { data: new Uint8Array(data), width, height };
}

/** A smooth picture with some noise: both what predicts well and what does not. Alpha falls from left to right. */
export function picture(width: number, height: number, alpha: boolean): RawImage {
  const data = new Uint8Array(width * height * 4);
  const random = randomNumbers(width * 1000 + height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const noise = (x >> 4) % 2 ? random() % 64 : 0;
      const opacity = alpha ? 255 - Math.floor((x * 255) / width) : 255;
      data.set([x * 3 + noise, y * 5, (x * y) >> 3, opacity], (y * width + x) * 4);
    }
  return { width, height, data };
}

/** The same numbers at every run: 32-bit xorshift (Marsaglia 2003). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** `bytes` with a few of them changed, or cut; the RIFF header stays so that something gets read. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = bytes.slice(0, random() % 3 === 0 ? random() % bytes.length : bytes.length);
  for (let change = random() % 8; change > 0; change--) {
    const at = 12 + (random() % Math.max(1, random() % 2 ? 48 : copy.length - 12));
    if (at < copy.length) copy[at] = random();
  }
  return copy;
}

export type ChunkFixture = readonly [name: string, payload: Uint8Array];

/** A RIFF file of `chunks`. */
export function webpFile(...chunks: readonly ChunkFixture[]): Uint8Array {
  const body = concat([text("WEBP"), ...chunks.map(toChunk)]);
  return concat([text("RIFF"), littleEndian(body.length, 4), body]);
}

function toChunk([name, payload]: ChunkFixture): Uint8Array {
  return concat([text(name), littleEndian(payload.length, 4), payload, new Uint8Array(payload.length & 1)]);
}

/** The payload of the first chunk called `name`. */
export function payloadOf(file: Uint8Array, name: string): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  for (let at = 12; at + 8 <= file.length; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) & 1))
    if (new TextDecoder().decode(file.subarray(at, at + 4)) === name)
      return file.subarray(at + 8, at + 8 + view.getUint32(at + 4, true));
  throw new Error(`No ${name}`);
}

export function vp8x(width: number, height: number, flags: number): ChunkFixture {
  return ["VP8X", concat([littleEndian(flags, 4), littleEndian(width - 1, 3), littleEndian(height - 1, 3)])];
}

export interface FrameFixture {
  readonly left?: number;
  readonly top?: number;
  readonly delayMs?: number;
  readonly replace?: boolean;
  readonly dispose?: boolean;
}

/** An ANMF chunk around the image of a still file. */
export function animationFrame(still: Uint8Array, size: readonly [number, number], frame: FrameFixture): ChunkFixture {
  const header = concat([
    littleEndian((frame.left ?? 0) / 2, 3),
    littleEndian((frame.top ?? 0) / 2, 3),
    littleEndian(size[0] - 1, 3),
    littleEndian(size[1] - 1, 3),
    littleEndian(frame.delayMs ?? 0, 3),
    [(frame.replace ? 2 : 0) | (frame.dispose ? 1 : 0)],
  ]);
  return ["ANMF", concat([header, still.subarray(12)])];
}

export function animationHeader(loop: number): ChunkFixture {
  return ["ANIM", concat([[0, 0, 0, 0], littleEndian(loop, 2)])];
}

function littleEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) & 255);
}

const text = (characters: string) => new TextEncoder().encode(characters);

function concat(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
