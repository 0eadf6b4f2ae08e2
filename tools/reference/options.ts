import { OPERATIONS } from "../../src/operation/operations.ts";
import { OPTIONS, type Option, type OptionName, type Shape } from "../../src/operation/option.ts";

/** `markdown` with its table of options made anew from the one that reads them. */
export const withOptions = (markdown: string): string =>
  markdown.replace(/<!-- options -->[\s\S]*?<!-- \/options -->/, `<!-- options -->\n\n${table()}\n\n<!-- /options -->`);

const table = (): string =>
  ["| name | also | accepts | default | what it says | used by |", "|---|---|---|---|---|---|", ...rows()].join("\n");

const rows = (): string[] => (Object.entries(OPTIONS) as [OptionName, Option][]).map(rowOf);

function rowOf([name, { names, shape, about, absent }]: [OptionName, Option]): string {
  const [short, ...others] = names;
  const cells = [
    code(short),
    others.map(code).join(" "),
    accepted(shape),
    absent ? code(absent) : "",
    about,
    users(name),
  ];
  return `| ${cells.join(" | ")} |`;
}

const code = (text: string): string => `\`${text}\``;

function accepted(shape: Shape): string {
  switch (shape.kind) {
    case "integer":
      return `integer from ${shape.least} to ${shape.most}`;
    case "word":
      return shape.words.map(code).join(" ");
    case "switch":
      return "`1 t T true TRUE True` or `0 f F false FALSE False`";
    case "colour":
      return "`rgb rgba rrggbb rrggbbaa` in hex";
    case "text":
      return "text";
  }
}

/** Operations that take it, with what they take where that is less; the result where none does. */
function users(option: OptionName): string {
  const takers = [...OPERATIONS].filter(([, { options }]) => options.includes(option));
  if (takers.length === 0) return "the result";
  return takers
    .map(([name, { shapes }]) => name + (shapes?.[option] ? ` (${accepted(shapes[option])})` : ""))
    .join(", ");
}
