import type { Size } from "../transform/image.ts";
import { type JpegFrame, type JpegPlane, type JpegPlanes, jpegPlanes, jpegReaderBytes } from "./jpeg-layout.ts";
import { componentsOf, type JpegSampling, mcusOf, pixelsASample, samplesAnMcu } from "./jpeg-sampling.ts";
import { type PlaneShape, type PlaneTarget, planeFilterBytes } from "./plane-filter.ts";
import { type Cutting, planeShape } from "./plane-shape.ts";
import { ringRowsOf } from "./ring-rows.ts";

/** A JPEG whose planes are each scaled where they are, to the densities of `sampling`. */
export interface ScalePlan {
  readonly frame: JpegFrame;
  readonly scanCount: number;
  readonly planes: JpegPlanes;
  readonly sampling: JpegSampling;
  /** Of the result. */
  readonly size: Size;
  readonly transposed: boolean;
  /** Planes are made whole, since their rows are not used in the order in which they are made. */
  readonly held: boolean;
  readonly parts: readonly ScaledPart[];
  /** WASM memory that it takes at most, the file not counted. */
  readonly memoryBytes: number;
}

/** One plane. */
export interface ScaledPart {
  readonly shape: PlaneShape;
  readonly target: Omit<PlaneTarget, "at">;
}

export interface ScaleTask {
  readonly scanCount: number;
  readonly cutting: Cutting;
  readonly sampling: JpegSampling;
  /** Pixels will be made of the planes: samples keep fraction bits, and chroma is as if it had been upsampled. */
  readonly forPixels: boolean;
  /** Smallest size that decoding may shrink the picture to; absent = full size. */
  readonly atLeast: Size | undefined;
}

/** Everything about it that is known before it begins. */
export function planScale(
  frame: JpegFrame,
  { scanCount, cutting, sampling, forPixels, atLeast }: ScaleTask,
): ScalePlan {
  const { transposed, upsideDown } = cutting.turn;
  const held = transposed || upsideDown;
  const loose = jpegPlanes(frame, blockSizes(frame, sampling, atLeast));
  const shapeOf = sharing(loose.planes, (component) =>
    planeShape(component, loose.planes[component], frame, cutting, {
      every: pixelsASample(sampling, component),
      upsampled: forPixels,
    }),
  );
  const parts = componentsOf(sampling).map((component): ScaledPart => {
    const shape = shapeOf(component);
    return { shape, target: targetOf(shape, sampling, { held, fine: forPixels }) };
  });
  const planes = withRings(loose, parts);
  const { width, height } = cutting.cut;
  const size = transposed ? { width: height, height: width } : { width, height };
  const plan = { frame, scanCount, planes, sampling, size, transposed, held, parts };
  return { ...plan, memoryBytes: memoryBytes(plan) };
}

/** Chroma planes are mostly alike: weights of one serve the other. Luma stands apart, whatever its size. */
function sharing(planes: readonly JpegPlane[], make: (component: number) => PlaneShape) {
  const made: PlaneShape[] = [];
  return (component: number): PlaneShape => {
    const alike = made.find((shape) => shape.component > 0 && isAlike(planes[component], planes[shape.component]));
    const shape = alike ? { ...alike, component } : make(component);
    made.push(shape);
    return shape;
  };
}

const isAlike = ({ extent: a }: JpegPlane, { extent: b }: JpegPlane) => a.width === b.width && a.height === b.height;

/** Samples a side that a block may be decoded to. */
const SIZES = [1, 2, 4];
const WHOLE = 8;

/** For each component the fewest samples a block that leave it as large as asked for. */
function blockSizes(frame: JpegFrame, sampling: JpegSampling, atLeast: Size | undefined): number[] {
  const wanted = componentsOf(sampling);
  return jpegPlanes(
    frame,
    frame.components.map(() => WHOLE),
  ).planes.map((plane, component) =>
    wanted.includes(component) ? blockSize(plane, atLeast, pixelsASample(sampling, component)) : SIZES[0],
  );
}

function blockSize({ extent }: JpegPlane, atLeast: Size | undefined, every: number): number {
  if (atLeast === undefined) return WHOLE;
  const isEnough = (size: number) =>
    (extent.width * size) / WHOLE >= atLeast.width / every && (extent.height * size) / WHOLE >= atLeast.height / every;
  return SIZES.find(isEnough) ?? WHOLE;
}

/** Whole MCUs; rows of them begin where vectors do. */
function targetOf(
  { component, across, down }: PlaneShape,
  sampling: JpegSampling,
  { held, fine }: { readonly held: boolean; readonly fine: boolean },
): Omit<PlaneTarget, "at"> {
  const side = samplesAnMcu(sampling, component);
  const width = roundUp(across.outputs, side);
  const stride = roundUp(width, 16) * (fine ? 2 : 1);
  return { width, stride, rows: held ? roundUp(down.outputs, side) : side, fine };
}

/** Planes keep as many rows as their filters leave waiting. */
function withRings({ planes, ...mcus }: JpegPlanes, parts: readonly ScaledPart[]): JpegPlanes {
  const scaled = parts.map(({ shape, target }) => ({ shape, rowsAStep: target.rows, plane: planes[shape.component] }));
  const rows = ringRowsOf(scaled, mcus.mcusHigh);
  return { ...mcus, planes: planes.map((plane, index) => ({ ...plane, ringRows: rows[index] ?? plane.ringRows })) };
}

function memoryBytes({
  frame,
  scanCount,
  planes,
  parts,
  sampling,
  size,
  transposed,
}: Omit<ScalePlan, "memoryBytes">): number {
  const filters = parts.map(({ shape, target }) => planeFilterBytes(shape) + target.stride * target.rows + 16);
  const turned = transposed ? parts.map(({ shape }) => turnedTarget(shape.component, sampling, size)) : [];
  return [
    ...[jpegReaderBytes(frame, planes.planes, scanCount), WASM_PAGE],
    ...[...filters, ...turned.map(({ stride, rows }) => stride * rows + 16)],
  ].reduce((sum, bytes) => sum + bytes);
}

/** A row of MCUs of a result of the size `size`. */
export function turnedTarget(component: number, sampling: JpegSampling, size: Size): Omit<PlaneTarget, "at"> {
  const side = samplesAnMcu(sampling, component);
  const width = mcusOf(sampling, size).width * side;
  return { width, stride: width, rows: side, fine: false };
}

const WASM_PAGE = 65_536;

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
