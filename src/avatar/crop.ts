import { HttpError } from "../error.ts";
import type { Rect, Size } from "../transform/image.ts";

/** Where a request says something about the crop. */
export const CROP_FIELDS = ["crop", "x", "y", "w", "h"] as const;

/** What it says there, as text or as JSON values. */
export type CropFields = Readonly<Partial<Record<(typeof CROP_FIELDS)[number], unknown>>>;

/** `w` × `h` at least 1 × 1; it may lie outside of a picture, whose size is not known yet. */
export type Crop = Rect;

const invalid = (expected: string): HttpError =>
  new HttpError(400, "invalid_crop", `Cannot read the crop: expected ${expected}`);

/**
 * The part of the picture to show: `crop` as `x,y,w,h` or `{x,y,w,h}`, or the four on their own, in whole pixels of the
 * upright picture. Undefined, which means the largest square in the centre, where nothing is given or `w` = `h` = 0.
 * @throws HttpError 400 invalid_crop
 */
export function parseCrop(fields: CropFields): Crop | undefined {
  const { crop, x, y, w, h } = fields;
  const sides = { x, y, w, h };
  const own = Object.values(sides).some(isGiven);
  if (!isGiven(crop)) return own ? fromSides(sides) : undefined;
  if (own) throw invalid("crop, or x, y, w and h, not both");
  return fromSides(typeof crop === "string" ? fromText(crop) : fromObject(crop));
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

function fromText(text: string): CropFields {
  const [x, y, w, h, more] = text.split(",");
  if (more !== undefined) throw invalid("four integers: x,y,w,h");
  return { x, y, w, h };
}

function fromObject(value: unknown): CropFields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("an object of x, y, w and h");
  const { x, y, w, h } = value as CropFields;
  return { x, y, w, h };
}

function fromSides({ x, y, w, h }: CropFields): Crop | undefined {
  const crop = { left: toInteger(x), top: toInteger(y), width: toInteger(w), height: toInteger(h) };
  if (crop.width === 0 && crop.height === 0) return undefined;
  if (crop.width < 1 || crop.height < 1) throw invalid("w and h of at least 1");
  return crop;
}

/** Nine digits: sums of them are exact. */
function toInteger(value: unknown): number {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^ *-?[0-9]{1,9} *$/.test(text)) throw invalid("all of x, y, w and h as integers");
  return Number(text);
}

/**
 * The square that is shown of a picture of `size`: the centred one inside `crop`, or inside the whole picture.
 * @throws HttpError 422 crop_out_of_bounds
 */
export function squareOf(size: Size, crop: Crop | undefined): Rect {
  const { left, top, width, height } = crop ?? { left: 0, top: 0, ...size };
  if (left < 0 || top < 0 || left + width > size.width || top + height > size.height)
    throw new HttpError(422, "crop_out_of_bounds", `Cannot crop: expected a part of ${size.width} x ${size.height}`);
  const side = Math.min(width, height);
  return {
    left: left + Math.floor((width - side) / 2),
    top: top + Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}
