import { HttpError } from "../../error.ts";
import type { Statement, Value } from "./statement.ts";

export type Row = Readonly<Record<string, Value>>;

/** A database that speaks the SQL which SQLite and PostgreSQL have in common. */
export interface Database {
  /**
   * Runs the statements in order, all of them or none, each on what the ones before it and every finished run left.
   * Gives the rows of each. @throws HttpError 503 storage_unavailable
   */
  run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
}

export const databaseUnavailable = (cause: unknown): HttpError =>
  new HttpError(503, "storage_unavailable", "Cannot reach the database: try again", {
    cause,
    headers: { "retry-after": "2" },
  });

export const noAnswer = (ms: number): Error => new Error(`No answer of the database within ${ms} ms`);

/**
 * The same database, for values of any origin: what only one of the engines would take is refused, and half a surrogate
 * pair, which neither keeps, becomes U+FFFD. @throws HttpError 400 invalid_parameter
 */
export const checkedDatabase = (database: Database): Database => ({
  run: async (statements) =>
    database.run(statements.map(({ texts, values }) => ({ texts, values: values.map(checkValue) }))),
});

function checkValue(value: Value): Value {
  if (typeof value === "string" && !value.includes("\0")) return value.toWellFormed();
  if (value === null || Number.isSafeInteger(value)) return value;
  throw new HttpError(400, "invalid_parameter", "Cannot store a value: expected text without NUL, or a whole number");
}
