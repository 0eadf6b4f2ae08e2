import type { DrawRequest } from "./style.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The letters that stand for a person: those asked for, or the first of the words of the name. Composed (NFC), at most
 * `length` graphemes, none where there is no letter or digit.
 */
export function lettersOf({ name, initials, length, uppercase }: DrawRequest): readonly string[] {
  const chosen = initials?.trim() ? split(initials.replace(/\s/gu, "")).slice(0, length) : fromName(name ?? "", length);
  const text = chosen.join("");
  return split(uppercase ? text.toUpperCase() : text).slice(0, length);
}

/** One word gives one grapheme, two or more give the first, the second if there is room, and the last. */
function fromName(name: string, length: number): readonly string[] {
  const [beforeAt] = name.normalize().trim().split("@");
  const firsts = beforeAt.split(/[\s._+-]/u).flatMap((word) => split(word).find(hasLetterOrDigit) ?? []);
  const room = Math.min(length, firsts.length);
  return room < 2 ? firsts.slice(0, room) : [...firsts.slice(0, room - 1), ...firsts.slice(-1)];
}

const split = (text: string): readonly string[] =>
  Array.from(graphemes.segment(text.normalize()), ({ segment }) => segment);

const hasLetterOrDigit = (grapheme: string): boolean => /[\p{L}\p{N}]/u.test(grapheme);
