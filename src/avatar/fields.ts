import { HttpError } from "../error.ts";

export const RATINGS = ["g", "pg", "r", "x"] as const;
/** For whom a picture is fit, from everybody on. */
export type Rating = (typeof RATINGS)[number];

/** In code points. */
export const MAX_NAME_LENGTH = 100;
export const MAX_ALT_LENGTH = 500;

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Upper case counts too. Undefined where nothing is given. @throws HttpError 400 invalid_rating */
export function parseRating(value: unknown): Rating | undefined {
  if (isAbsent(value)) return undefined;
  const rating = RATINGS.find((known) => known === String(value).toLowerCase());
  if (rating === undefined)
    throw new HttpError(400, "invalid_rating", `Cannot read the rating: expected ${RATINGS.join(", ")}`);
  return rating;
}

/**
 * One line of text, trimmed and composed (NFC); undefined where nothing is left. Tabs and line ends become spaces;
 * other control characters are refused, since no database keeps all of them.
 * @param maxLength in code points
 * @throws HttpError 400 invalid_parameter
 */
export function parseLine(value: unknown, name: string, maxLength: number): string | undefined {
  if (isAbsent(value)) return undefined;
  const refuse = (expected: string) => new HttpError(400, "invalid_parameter", `Cannot use ${name}: ${expected}`);
  if (typeof value !== "string" || !value.isWellFormed()) throw refuse("expected text");
  if (value.length > maxLength * 4) throw refuse(`expected at most ${maxLength} characters`);
  const line = value
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, " ")
    .trim()
    .normalize("NFC");
  if (/\p{Cc}/u.test(line)) throw refuse("expected no control characters");
  if ([...line].length > maxLength) throw refuse(`expected at most ${maxLength} characters`);
  return line || undefined;
}
