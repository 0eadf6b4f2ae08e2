/** What a statement can be given, apart from its text. Numbers are integers. */
export type Value = string | number | null;

/** SQL with holes: text, value, text, value, text. Values never become part of the text that a client had a say in. */
export interface Statement {
  readonly texts: readonly string[];
  readonly values: readonly Value[];
}

const plain = (text: string): Statement => ({ texts: [text], values: [] });
const hole = (value: Value): Statement => ({ texts: ["", ""], values: [value] });

/** A template of SQL: a value becomes a hole, a statement becomes part of this one. */
export function sql(texts: readonly string[], ...parts: readonly (Value | Statement)[]): Statement {
  return parts.reduce<Statement>(
    (whole, part, index) => append(append(whole, isStatement(part) ? part : hole(part)), plain(texts[index + 1])),
    plain(texts[0]),
  );
}

const isStatement = (part: Value | Statement): part is Statement => typeof part === "object" && part !== null;

const append = (head: Statement, tail: Statement): Statement => ({
  texts: [...head.texts.slice(0, -1), `${head.texts.at(-1)}${tail.texts[0]}`, ...tail.texts.slice(1)],
  values: [...head.values, ...tail.values],
});

/** At least one, with `separator` between them. */
export const joined = (parts: readonly (Value | Statement)[], separator = ", "): Statement =>
  sql(["", ...parts.slice(1).map(() => separator), ""], ...parts);

/** The text of a statement, each hole as `write` puts it; the first has the index 0. */
export const textOf = ({ texts, values }: Statement, write: (value: Value, index: number) => string): string =>
  texts.reduce((text, next, index) => text + write(values[index - 1], index - 1) + next);

/** A condition that holds. */
export const ALWAYS: Statement = plain("1 = 1");
