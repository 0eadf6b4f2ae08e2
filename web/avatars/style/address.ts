import { toId } from "../token/id.ts";

/** What is asked of the pictures that stand in where there is none. */
export interface Wanted {
  readonly style: string;
  /** An id, or any text that the drawing is to follow from. */
  readonly seed: string;
  readonly px: number;
  readonly round: boolean;
  /** Whose initials; empty: none are said. */
  readonly name: string;
}

function queryOf({ style, px, round, name }: Wanted, extra: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ s: String(px), ...extra });
  if (style === "initials" && name) query.set("name", name);
  if (round) query.set("radius", "50");
  return query.toString();
}

/** What a page that shows this person asks for: the avatar, or the style where there is none. */
export function addressOf(wanted: Wanted, origin: string): string {
  const id = toId(wanted.seed);
  if (id) return `${origin}/avatar/${id}?${queryOf(wanted, { d: wanted.style })}`;
  return `${origin}${drawingPath(wanted, "")}`;
}

/** The drawing by itself, whether there is an avatar or not. */
export const drawingPath = (wanted: Wanted, extension: string): string =>
  `/g/${wanted.style}/${encodeURIComponent(toId(wanted.seed) ?? wanted.seed)}${extension}?${queryOf(wanted, {})}`;

/** Sharp on dense screens too. */
export function snippetOf(wanted: Wanted, origin: string): string {
  const escaped = (url: string) => url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const [once, twice] = [1, 2].map((dense) =>
    escaped(addressOf({ ...wanted, px: Math.min(wanted.px * dense, 2048) }, origin)),
  );
  return `<img src="${once}" srcset="${twice} 2x" width="${wanted.px}" height="${wanted.px}" alt="">`;
}
