import { connect, type Socket } from "node:net";
import postgres from "postgres";
import { withTimeout } from "../../platform/timeout.ts";
import { type Database, databaseUnavailable, noAnswer, type Row } from "./database.ts";
import { textOf, type Value } from "./statement.ts";

/**
 * PostgreSQL, as a rule through Hyperdrive. Each run is a connection of its own, since a Worker may not use the sockets
 * of another request, and one message of the simple query protocol: one round trip, which PostgreSQL takes as one
 * transaction (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT). So nothing
 * waits for this Worker while a transaction is open, and Hyperdrive, which keeps answers of prepared reads for a
 * minute, keeps none of ours.
 */
export const postgresDatabase = (connectionString: string, timeoutMs = 5_000): Database => ({
  async run(statements) {
    const client = postgres(connectionString, { ...OPTIONS, connect_timeout: timeoutMs / 1_000 });
    try {
      const texts = statements.map((statement) => textOf(statement, literal));
      const answer = client.unsafe([...settings(timeoutMs), ...texts].join(";\n")).simple();
      return inPlace(texts, await withTimeout(answer, timeoutMs, () => noAnswer(timeoutMs)));
    } catch (cause) {
      throw databaseUnavailable(cause);
    } finally {
      void client.end({ timeout: 0 });
    }
  },
});

/** The client's own socket for Workers cannot be closed without an error that nobody catches. */
const openSocket = ({ host, port }: { readonly host: string[]; readonly port: number[] }): Promise<Socket> =>
  new Promise((opened, failed) => {
    const socket = connect({ host: host[0], port: port[0] });
    socket.once("connect", () => opened(socket)).once("error", failed);
  });

/** Numbers of ours are below 2^53; the client would make text of them. */
const BIGINT = { to: 20, from: [20], parse: Number, serialize: String };

const OPTIONS = { max: 1, fetch_types: false, onnotice: () => {}, types: { bigint: BIGINT }, socket: openSocket };

/** Each statement sees what others have finished before it, whatever the database's own default is. */
const settings = (timeoutMs: number): string[] => [
  "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
  `SET LOCAL statement_timeout = ${timeoutMs}`,
];

const encoder = new TextEncoder();

/** Text as hex digits of its UTF-8: whatever it says, and whatever the server's settings, it cannot end the literal. */
function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return `${value}`;
  return `convert_from(decode('${encoder.encode(value).toHex()}', 'hex'), 'UTF8')`;
}

/** The client has one result for all settings, and one for each statement that gives rows, but none for the others. */
function inPlace(texts: readonly string[], answer: unknown): (readonly Row[])[] {
  const [, ...results] = answer as readonly (readonly Row[])[];
  const given = results.values();
  return texts.map((text) => (givesRows(text) ? (given.next().value ?? []) : []));
}

const givesRows = (text: string): boolean => /^SELECT\b|\bRETURNING\b/.test(text);
