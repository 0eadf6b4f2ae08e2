// What the tables of the Worker say, as types: none of it is in the bundle. The build writes them out for others.
import type { OperationTable } from "../src/operation/operations.ts";
import type { OPTIONS } from "../src/operation/option.ts";

export type Options = typeof OPTIONS;
export type Operations = { readonly [Name in keyof OperationTable]: Told<OperationTable[Name]> };

/** A row without the code that reads it. */
type Told<Row> = Omit<Row, "read">;
