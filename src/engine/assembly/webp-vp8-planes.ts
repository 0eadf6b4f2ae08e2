// The planes of a VP8 frame: three rows of macroblocks with their borders, and how rows leave them as RGBA.

import { alloc } from "./memory";
import { yuvToRgba } from "./webp-yuv";

/** Bytes beside each row of a plane: borders, and room for what is read and written sixteen bytes at a time. */
const MARGIN: usize = 16;

export let vp8YStride: usize = 0;
export let vp8UvStride: usize = 0;
/** First pixel of the oldest row in the planes. */
export let vp8YPlane: usize = 0;
export let vp8UPlane: usize = 0;
export let vp8VPlane: usize = 0;

let width: i32 = 0;
let height: i32 = 0;
/** Copies of up to four rows of chroma. */
let chromaRows: usize = 0;
let chromaRowBytes: usize = 0;

/** New planes for a frame of `w` × `h` pixels, `columns` macroblocks wide. */
export function vp8OpenPlanes(w: i32, h: i32, columns: i32): void {
  width = w;
  height = h;
  vp8YStride = 16 * <usize>columns + 2 * MARGIN;
  vp8UvStride = 8 * <usize>columns + 2 * MARGIN;
  vp8YPlane = alloc(48 * vp8YStride + 2 * MARGIN) + MARGIN;
  vp8UPlane = alloc(24 * vp8UvStride + 2 * MARGIN) + MARGIN;
  vp8VPlane = alloc(24 * vp8UvStride + 2 * MARGIN) + MARGIN;
  chromaRowBytes = <usize>((w + 1) >> 1) + 2 * MARGIN;
  chromaRows = alloc(4 * chromaRowBytes + MARGIN);
  drawBorders();
}

/** RFC 6386 §12.2: 127 above the picture, corner and what lies right of it included; 129 to the left. */
function drawBorders(): void {
  memory.fill(vp8YPlane - MARGIN, 127, 32 * vp8YStride);
  memory.fill(vp8UPlane - MARGIN, 127, 16 * vp8UvStride);
  memory.fill(vp8VPlane - MARGIN, 127, 16 * vp8UvStride);
  for (let y: usize = 32; y < 48; y++) store<u8>(vp8YPlane + y * vp8YStride - 1, 129);
  for (let y: usize = 16; y < 24; y++) store<u8>(vp8UPlane + y * vp8UvStride - 1, 129);
  for (let y: usize = 16; y < 24; y++) store<u8>(vp8VPlane + y * vp8UvStride - 1, 129);
}

/** Makes room for a row of macroblocks. The left border of the newest row stays where it is. */
export function vp8MovePlanesUp(): void {
  memory.copy(vp8YPlane - MARGIN, vp8YPlane + 16 * vp8YStride - MARGIN, 32 * vp8YStride);
  memory.copy(vp8UPlane - MARGIN, vp8UPlane + 8 * vp8UvStride - MARGIN, 16 * vp8UvStride);
  memory.copy(vp8VPlane - MARGIN, vp8VPlane + 8 * vp8UvStride - MARGIN, 16 * vp8UvStride);
}

/** Writes row `line` of the picture to `to`; `first` is the number of the oldest row in the planes. */
export function vp8ConvertRow(line: i32, first: i32, to: usize): void {
  const y = vp8YPlane + <usize>(line - first) * vp8YStride;
  const firstChroma = first >> 1;
  const last = ((height + 1) >> 1) - 1;
  const near = line >> 1;
  const far = min(max(line & 1 ? near + 1 : near - 1, 0), last);
  const u0 = padChroma(vp8UPlane + <usize>(near - firstChroma) * vp8UvStride, 0);
  const v0 = padChroma(vp8VPlane + <usize>(near - firstChroma) * vp8UvStride, 1);
  const u1 = padChroma(vp8UPlane + <usize>(far - firstChroma) * vp8UvStride, 2);
  const v1 = padChroma(vp8VPlane + <usize>(far - firstChroma) * vp8UvStride, 3);
  yuvToRgba(y, u0, v0, u1, v1, width, to);
}

/** A copy of a row of chroma with its ends repeated, for the interpolation. */
function padChroma(from: usize, index: usize): usize {
  const at = chromaRows + index * chromaRowBytes + MARGIN;
  const samples = <usize>((width + 1) >> 1);
  memory.copy(at, from, samples);
  store<u8>(at - 1, load<u8>(from));
  store<u8>(at + samples, load<u8>(from + samples - 1));
  return at;
}
