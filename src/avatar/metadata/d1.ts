import { withTimeout } from "../../platform/timeout.ts";
import { type Database, databaseUnavailable, noAnswer, type Row } from "./database.ts";
import { type Statement, textOf } from "./statement.ts";

/**
 * Cloudflare D1: SQLite. A batch is one transaction, and D1 runs one at a time
 * (https://developers.cloudflare.com/d1/worker-api/d1-database/#batch). A statement takes at most 100 values.
 */
export const d1Database = (binding: D1Database, timeoutMs = 5_000): Database => ({
  async run(statements) {
    try {
      const prepared = statements.map((statement) => prepare(binding, statement));
      const results = await withTimeout(binding.batch<Row>(prepared), timeoutMs, () => noAnswer(timeoutMs));
      return results.map((result) => result.results);
    } catch (cause) {
      throw databaseUnavailable(cause);
    }
  },
});

const prepare = (binding: D1Database, statement: Statement): D1PreparedStatement =>
  binding.prepare(textOf(statement, () => "?")).bind(...statement.values);
