import { HttpError } from "../error.ts";

/** How many entries of a listing are wanted. @throws HttpError 400 invalid_parameter */
export function readLimit(text: string | null, absent: number, most: number): number {
  if (text === null) return absent;
  const limit = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= most) return limit;
  throw new HttpError(400, "invalid_parameter", `Cannot read limit: expected an integer from 1 to ${most}`);
}
