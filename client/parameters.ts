import type { Chain, Edit, Output, Source } from "./edit.ts";
import type { Options } from "./table.ts";

/** A name and a value of the URL, not encoded. */
export type Pair = readonly [name: string, value: string];

type Value = string | number | boolean | readonly string[] | undefined;
type Values = Readonly<Record<string, Value>>;

/** Short names in a URL, of options that have one. The compiler holds both tables against the options of the Worker. */
const SHORT: {
  readonly [Name in keyof Options as Options[Name]["names"][0] extends Name ? never : Name]: Options[Name]["names"][0];
} = {
  width: "w",
  height: "h",
  format: "fmt",
  quality: "q",
  degrees: "deg",
  position: "pos",
  background: "bg",
};

/** Options of the whole request: they stand in no list. */
const OUTPUT: Readonly<Record<keyof Output, true>> = { format: true, quality: true, effort: true, background: true };

/**
 * The parameters that ask for `edit` of `source`. The first operation takes those of the request, each further one is
 * a list of its own, such as `op:rotate deg:90`. Whichever operation says what comes out, it is said of the request.
 * @throws RangeError where a value of a list has a space or a colon, which a list cannot hold
 */
export function toParameters(source: Source, edit: Edit | Chain = {}, output: Output = {}): Pair[] {
  const chain = chainOf(edit);
  const [first, ...further] = chain.map((values) => only(values, false));
  const said: Values = Object.assign({}, ...chain.map((values) => only(values, true)), output);
  return [
    typeof source === "string" ? ["path", source] : ["url", source.url],
    ["op", String(first.op ?? "noop")],
    ...pairsOf({ ...first, ...said }),
    ...further.map((values): Pair => ["op", listOf(values)]),
  ];
}

/** Only a list can name pictures to draw, and a list cannot come first. */
function chainOf(edit: Edit | Chain): readonly Values[] {
  const [first = {}, ...further]: readonly Values[] = isChain(edit) ? edit : [edit];
  return drawnBy(first).length > 0 ? [{}, first, ...further] : [first, ...further];
}

const isChain = (edit: Edit | Chain): edit is Extract<typeof edit, readonly unknown[]> => Array.isArray(edit);

const drawnBy = ({ paths }: Values): readonly string[] => (Array.isArray(paths) ? paths : []);

const only = (values: Values, output: boolean): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name in OUTPUT === output));

const pairsOf = (values: Values): Pair[] =>
  Object.entries(values).flatMap(([name, value]) =>
    value === undefined || name === "op" || name === "paths" ? [] : [[shortOf(name), textOf(value)] as const],
  );

const shortOf = (name: string): string => (SHORT as Readonly<Record<string, string>>)[name] ?? name;

const textOf = (value: Value): string => String(typeof value === "boolean" ? Number(value) : value);

function listOf(values: Values): string {
  const drawn = drawnBy(values).map((path): Pair => ["path", path]);
  return [["op", String(values.op)] as const, ...pairsOf(values), ...drawn].map(tokenOf).join(" ");
}

function tokenOf([name, value]: Pair): string {
  if (/[ :]/.test(value)) throw new RangeError(`Cannot put "${value}" into a chain: expected no space and no colon`);
  return `${name}:${value}`;
}
