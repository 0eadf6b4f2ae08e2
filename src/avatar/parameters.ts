import type { Colour } from "../transform/colour.ts";
import { parseColour } from "../transform/colour-text.ts";
import { RATINGS, type Rating } from "./fields.ts";

/** Formats that may be asked for. */
export const PICTURE_FORMATS = ["png", "jpg", "webp", "avif", "gif", "svg"] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** Longest side of a picture that may be asked for, and of one that is kept. */
export const MAX_PX = 2_048;
const DEFAULT_PX = 80;
const DEFAULT_QUALITY = 80;
const MAX_FALLBACKS = 4;
/** More of a name than this is never shown as initials. */
const MAX_NAME_CHARACTERS = 200;

/** What a reader asked for. Whatever cannot be understood counts as absent: a public read is never refused. */
export interface ReadParameters {
  readonly px: number;
  /** What to show where there is no avatar, the first that applies; empty: the site's default. */
  readonly fallbacks: readonly string[];
  /** Show that even where there is an avatar. */
  readonly force: boolean;
  /** The strictest rating that may be shown. */
  readonly rating: Rating;
  readonly initials: InitialsParameters;
  readonly background: Colour | undefined;
  readonly foreground: Colour | undefined;
  /** Of rounded corners, in percent of the side: 0–50. */
  readonly radius: number;
  /** Absent: the picture's own, or one that the client names. */
  readonly format: PictureFormat | undefined;
  readonly quality: number;
}

export interface InitialsParameters {
  /** The letters themselves. */
  readonly letters: string | undefined;
  /** A name to take them from. */
  readonly name: string | undefined;
  readonly length: 1 | 2 | 3;
  readonly uppercase: boolean;
}

/** @param extension of the path, which beats `format`; without the dot */
export function readParameters(query: URLSearchParams, extension: string | undefined): ReadParameters {
  const text = (name: string) => query.get(name) ?? undefined;
  return {
    px: parsePx(text("s") ?? text("size")),
    fallbacks: parseFallbacks(text("d") ?? text("default")),
    force: ["y", "yes", "1", "true"].includes((text("f") ?? text("forcedefault") ?? "").toLowerCase()),
    rating: parseRating(text("r") ?? text("rating")) ?? "g",
    initials: readInitials(query),
    background: parseHexColour(text("bg")),
    foreground: parseHexColour(text("fg")),
    radius: integerBetween(text("radius"), 0, 50) ?? 0,
    format: parseFormat(extension) ?? parseFormat(text("format")),
    quality: integerBetween(text("q"), 1, 100) ?? DEFAULT_QUALITY,
  };
}

/** 80 for everything but an integer above 0; at most 2048. */
export function parsePx(text: string | undefined): number {
  const px = /^[0-9]+$/.test(text ?? "") ? Number(text) : 0;
  return px < 1 ? DEFAULT_PX : Math.min(px, MAX_PX);
}

const parseFallbacks = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .slice(0, MAX_FALLBACKS);

/** Either case; undefined where it is none. */
const parseRating = (text: string | undefined): Rating | undefined =>
  RATINGS.find((rating) => rating === text?.toLowerCase());

/** True where a picture of `rating` may be shown to whoever asked for at most `most`. */
export const isAllowed = (rating: Rating, most: Rating): boolean => RATINGS.indexOf(rating) <= RATINGS.indexOf(most);

function readInitials(query: URLSearchParams): InitialsParameters {
  const short = (name: string) => query.get(name)?.slice(0, MAX_NAME_CHARACTERS);
  return {
    letters: short("initials"),
    name: short("name"),
    length: ([1, 2, 3] as const).find((length) => String(length) === query.get("length")) ?? 2,
    uppercase: !["false", "0", "no", "n"].includes((query.get("uppercase") ?? "").toLowerCase()),
  };
}

/** `rgb`, `rrggbb` or `rrggbbaa`. */
export const parseHexColour = (text: string | undefined): Colour | undefined =>
  text !== undefined && text.length !== 4 ? parseColour(text) : undefined;

/** Undefined where nobody asks for that. */
export function parseFormat(text: string | undefined): PictureFormat | undefined {
  const name = text?.toLowerCase();
  return PICTURE_FORMATS.find((format) => format === (name === "jpeg" ? "jpg" : name));
}

export function integerBetween(text: string | undefined, least: number, most: number): number | undefined {
  const value = /^[0-9]{1,15}$/.test(text ?? "") ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
