/** What the older avatar service knows of an avatar: a row of its table `images` or `avatars`. */
export interface SeedRow {
  /** In lower case; not necessarily an id that we take. */
  readonly hash: string;
  /** Extension of its files. */
  readonly type: string;
  /** Names of the sizes it has. */
  readonly sizes: readonly string[];
  /** Milliseconds since 1970; 0 where the row does not tell. */
  readonly updatedAt: number;
}

/** Large ones first: the picture that most is left of. */
const SIZES = ["original", "large", "medium", "small"] as const;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A row as a database or a dump gives it; `number` is told where it cannot be read. */
export function toSeedRow(value: unknown, number: number): SeedRow {
  if (!isRecord(value) || typeof value.hash !== "string" || typeof value.type !== "string")
    throw new Error(`Cannot read row ${number}: expected hash, type and sizes`);
  return {
    hash: value.hash.trim().toLowerCase(),
    // The column is char(4), which PostgreSQL fills with spaces.
    type: value.type.trim().toLowerCase(),
    sizes: toSizes(value.sizes, number),
    updatedAt: toTime(value.updated_at ?? value.created_at),
  };
}

/** A JSON list of names, as text or read; a row of one version has an object instead, whose members are the names. */
function toSizes(value: unknown, number: number): string[] {
  const read = typeof value === "string" ? parseJson(value, number) : value;
  if (isRecord(read)) return Object.keys(read);
  return Array.isArray(read) ? read.filter((name) => typeof name === "string") : [];
}

function parseJson(text: string, number: number): unknown {
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`Cannot read sizes of row ${number}: expected JSON`, { cause });
  }
}

function toTime(value: unknown): number {
  const ms = value instanceof Date ? value.getTime() : Date.parse(String(value));
  return Number.isNaN(ms) ? 0 : ms;
}

/** Our list is sorted by the last change, so who changed last comes last. */
export const inOrderOfChange = (rows: readonly SeedRow[]): SeedRow[] =>
  rows.toSorted((a, b) => a.updatedAt - b.updatedAt || (a.hash < b.hash ? -1 : 1));

/**
 * Where the files of a row may be, the best first. Sizes that the row does not name come last: rows without any exist.
 * The service cuts one and two characters off for folders; descriptions of it have the first and the first two.
 */
export function objectKeys({ hash, type, sizes }: SeedRow): string[] {
  const named = SIZES.filter((size) => sizes.includes(size));
  const others = SIZES.filter((size) => !sizes.includes(size));
  const folders = [`${hash.slice(0, 1)}/${hash.slice(1, 3)}`, `${hash.slice(0, 1)}/${hash.slice(0, 2)}`];
  return [...named, ...others].flatMap((size) => folders.map((folder) => `${folder}/${hash}.${size}.${type}`));
}

/** Rows of a JSON list, of one JSON object a line, or of CSV with a head, which `name` tells apart. */
export function parseDump(name: string, text: string): SeedRow[] {
  return readDump(name, text).map((row, index) => toSeedRow(row, index + 1));
}

function readDump(name: string, text: string): unknown[] {
  if (name.endsWith(".csv")) return recordsOf(parseCsv(text));
  const read: unknown = text.trimStart().startsWith("[") ? JSON.parse(text) : undefined;
  return Array.isArray(read)
    ? read
    : text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line));
}

const recordsOf = ([head = [], ...rows]: readonly string[][]): Record<string, string>[] =>
  rows.map((row) => Object.fromEntries(head.map((column, index) => [column.trim().toLowerCase(), row[index] ?? ""])));

/** RFC 4180: a field in quotes may hold commas, line breaks and doubled quotes. Empty lines do not count. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}
