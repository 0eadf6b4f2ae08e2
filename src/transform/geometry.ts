import type { Rect, Size } from "./image.ts";

/** A wanted size; 0 = that side is not given. */
export type Box = Size;

/** Which part of a picture becomes which size. */
export interface Scaling {
  readonly part: Rect;
  readonly size: Size;
}

export const wholeOf = ({ width, height }: Size): Rect => ({ left: 0, top: 0, width, height });
export const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** The sides a box gives; a missing one follows from the ratio: max(1, floor(x + 0.5)) (picfit.md 2.4). */
export function completeBox(source: Size, box: Box): Size {
  if (box.width === 0 && box.height === 0) return source;
  const side = (length: number) => Math.max(1, Math.floor(length + 0.5));
  return {
    width: box.width || side((box.height * source.width) / source.height),
    height: box.height || side((box.width * source.height) / source.width),
  };
}

/** picfit.md 2.3 rule 2: with `upscale` off, a box that equals or exceeds the source in one side changes nothing. */
export const exceeds = (source: Size, box: Box): boolean =>
  Math.max(box.width / source.width, box.height / source.height) >= 1;

/** picfit.md 2.4: exactly the box; distorts when both sides are given. */
export const resizeScaling = (source: Size, box: Box): Scaling => ({
  part: wholeOf(source),
  size: completeBox(source, box),
});

/**
 * picfit.md 2.6: largest size of the source's ratio inside the box, never enlarged, the other side truncated. The order
 * of the divisions is picfit's, since truncation makes it visible.
 */
export function fitScaling(source: Size, box: Box): Scaling {
  const part = wholeOf(source);
  const width = box.width || Number.POSITIVE_INFINITY;
  const height = box.height || Number.POSITIVE_INFINITY;
  if (width >= source.width && height >= source.height) return { part, size: source };
  const ratio = source.width / source.height;
  const wide = ratio > width / height;
  const size = wide ? { width, height: Math.trunc(width / ratio) } : { width: Math.trunc(height * ratio), height };
  return { part, size: { width: Math.max(1, size.width), height: Math.max(1, size.height) } };
}

/** Sources below this side are scaled before they are cropped (picfit.md 2.5). */
const CROP_FIRST_SIDE = 100;
/** Unless they would be vast before they are cropped: 1 x 20000 pixels cover 1000 x 1000 as 20 gigapixels. */
const MAX_COVER_SIDE = 65_535;

export interface ThumbnailScaling extends Scaling {
  /** Absent where the crop is taken from the source; else what is cut from the scaled picture. */
  readonly crop: Rect | undefined;
}

/** picfit.md 2.5: covers the box, cuts the centre, exactly the box. */
export function thumbnailScaling(source: Size, box: Box): ThumbnailScaling {
  const size = completeBox(source, box);
  const tall = source.width / source.height < size.width / size.height;
  const cover = completeBox(source, tall ? { width: size.width, height: 0 } : { width: 0, height: size.height });
  const large = source.width >= CROP_FIRST_SIDE && source.height >= CROP_FIRST_SIDE;
  if (large || Math.max(cover.width, cover.height) > MAX_COVER_SIDE)
    return { part: coveredPart(source, size), size, crop: undefined };
  const crop = centred(cover, {
    width: Math.min(size.width, cover.width),
    height: Math.min(size.height, cover.height),
  });
  return { part: wholeOf(source), size: cover, crop: sameSize(cover, size) ? undefined : crop };
}

function coveredPart(source: Size, size: Size): Rect {
  const tall = source.width / source.height < size.width / size.height;
  const side = (length: number) => Math.trunc(Math.max(1, length) + 0.5);
  return tall
    ? centred(source, { width: source.width, height: side((source.width * size.height) / size.width) })
    : centred(source, { width: side((source.height * size.width) / size.height), height: source.height });
}

/** `size` in the middle of `outer`; the offset is the floor of half the rest. */
export function centred(outer: Size, size: Size): Rect {
  return {
    left: Math.floor((outer.width - size.width) / 2),
    top: Math.floor((outer.height - size.height) / 2),
    ...size,
  };
}

/** The part of `rect` that lies inside `outer`, or absent when there is none. */
export function clipped(outer: Size, rect: Rect): Rect | undefined {
  const left = Math.max(0, rect.left);
  const top = Math.max(0, rect.top);
  const width = Math.min(outer.width, rect.left + rect.width) - left;
  const height = Math.min(outer.height, rect.top + rect.height) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}
