import type { Rect, Size } from "../../../src/transform/image.ts";
import { type Texts, withText } from "./recipe.ts";

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** Whole pixels, at least one, all of them on the picture. */
export function confined({ left, top, width, height }: Rect, picture: Size): Rect {
  const wide = Math.round(within(width, 1, picture.width));
  const high = Math.round(within(height, 1, picture.height));
  return {
    left: Math.round(within(left, 0, picture.width - wide)),
    top: Math.round(within(top, 0, picture.height - high)),
    width: wide,
    height: high,
  };
}

/** Between two corners, in whichever order they were touched. */
export function between(a: { x: number; y: number }, b: { x: number; y: number }, { width, height }: Size): Rect {
  const [left, right] = [a.x, b.x].map((x) => within(x, 0, 1) * width).sort((x, y) => x - y);
  const [top, bottom] = [a.y, b.y].map((y) => within(y, 0, 1) * height).sort((x, y) => x - y);
  return confined({ left, top, width: right - left, height: bottom - top }, { width, height });
}

/** What a card's texts cut out of a picture: to the edges where they say nothing. */
export function rectangleOf({ x, y, width, height }: Texts, picture: Size): Rect {
  const pixels = (text: string | undefined) => (/^[0-9]+$/.test(text ?? "") ? Number(text) : 0);
  const left = within(pixels(x), 0, picture.width - 1);
  const top = within(pixels(y), 0, picture.height - 1);
  return {
    left,
    top,
    width: Math.min(pixels(width) || picture.width, picture.width - left),
    height: Math.min(pixels(height) || picture.height, picture.height - top),
  };
}

export const withRectangle = (texts: Texts, { left, top, width, height }: Rect): Texts =>
  Object.entries({ x: left, y: top, width, height }).reduce<Texts>(
    (made, [name, pixels]) => withText(made, name as keyof Texts, String(pixels)),
    texts,
  );
