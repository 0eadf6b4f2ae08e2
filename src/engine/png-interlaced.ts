import { ADAM7, type Pass, passSize } from "./adam7.ts";
import type { EngineMemory } from "./engine.ts";
import type { Inflater } from "./inflate.ts";
import { blank, framePixel, type PngLayout, rowBytesOf } from "./png-layout.ts";
import { type ReadRows, takeRows } from "./png-rows.ts";

export interface InterlacedExports {
  pngFirstRow(): void;
  pngPassRows(
    src: number,
    count: number,
    bytes: number,
    width: number,
    dst: number,
    across: number,
    down: number,
  ): number;
  pngSpreadRow(dst: number, width: number, across: number, back: number): void;
  pngFrameRows(src: number, count: number, width: number, dst: number): void;
}

type Engine = EngineMemory & InterlacedExports;

/** All seven passes go into a frame of pixels as stored, from which rows are made. */
export function interlacedRows(engine: Engine, layout: PngLayout, inflater: Inflater): ReadRows {
  const { width, height } = layout;
  const pixel = framePixel(layout);
  const frame = engine.alloc(width * height * pixel);
  let decoded: boolean | undefined;
  if (pixel === 4 && !layout.alpha) blank(new Uint8Array(engine.memory.buffer, frame, width * height * 4), false);
  return (top, rows, dst) => {
    decoded ??= readPasses(engine, layout, inflater, frame);
    engine.pngFrameRows(frame + top * width * pixel, rows, width, dst);
    return decoded ? rows : 0;
  };
}

/** @returns whether at least one row came */
function readPasses(engine: Engine, layout: PngLayout, inflater: Inflater, frame: number): boolean {
  let intactRows = 0;
  let damaged = false;
  for (const pass of ADAM7) {
    const { height } = passSize(layout, pass);
    const intact: number = damaged ? 0 : readPass(engine, layout, inflater, frame, pass);
    intactRows += intact;
    damaged ||= intact < height;
    if (damaged) spread(engine, layout, frame, pass, intact);
  }
  return intactRows > 0;
}

/** @returns the rows of the pass that came; a pass without columns has none */
function readPass(engine: Engine, layout: PngLayout, inflater: Inflater, frame: number, pass: Pass): number {
  const { width, height } = passSize(layout, pass);
  if (width === 0) return height;
  const rowBytes = rowBytesOf(layout, width);
  const { origin, across, down } = placeOf(layout, frame, pass);
  engine.pngFirstRow();
  for (let row = 0; row < height; row++) {
    const taken = takeRows(inflater, 1, rowBytes, (src, count) =>
      engine.pngPassRows(src, count, rowBytes, width, origin + row * down, across, down),
    );
    if (taken === 0) return row;
  }
  return height;
}

/** Shows the pixels that never came as the coarser passes drew them. */
function spread(engine: Engine, layout: PngLayout, frame: number, pass: Pass, from: number): void {
  const { width, height } = passSize(layout, pass);
  const { origin, across, down } = placeOf(layout, frame, pass);
  for (let row = from; row < height; row++) engine.pngSpreadRow(origin + row * down, width, across, origin - frame);
}

/** Where a pass begins in the frame, and the bytes between its columns and rows. */
function placeOf(layout: PngLayout, frame: number, { left, top, across, down }: Pass) {
  const pixel = framePixel(layout);
  return {
    origin: frame + (top * layout.width + left) * pixel,
    across: across * pixel,
    down: down * layout.width * pixel,
  };
}
