import { misuse } from "./cli-error.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `10m`, `1h`, `7d`, as seconds. @throws CliError 2 */
export function parseDuration(text: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,8})([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw misuse(`Cannot read "${text}" as a time: expected one such as 90s, 10m, 1h or 7d`);
  return Number(count) * SECONDS[unit];
}

/** @throws CliError 2 */
export function parseInteger(name: string, text: string, least: number, most: number): number {
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw misuse(`Cannot read --${name} "${text}": expected an integer from ${least} to ${most}`);
}

/** Integers with commas between. @throws CliError 2 */
export const parseIntegers = (name: string, text: string, least: number, most: number): number[] =>
  text.split(",").map((part) => parseInteger(name, part.trim(), least, most));
