import { afterAll, beforeAll, describe, it } from "vitest";
import { type Analytics, writePoint } from "../../src/observe/analytics.ts";
import type { Observation } from "../../src/observe/observation.ts";
import { examplesFor } from "../support/claims.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase | undefined;

const seen = (facts: Partial<Observation>): Observation => ({
  ...{ requestId: "r", method: "GET", route: "/display/{rest}", status: 200, bytes: 1000, ms: 10 },
  ...{ code: undefined, cache: undefined, format: undefined, cause: undefined },
  ...facts,
});

/** Each with for how many it stands. */
const SEEN: readonly (readonly [stands: number, observation: Observation])[] = [
  [3, seen({ cache: "stored", ms: 20 })],
  [1, seen({ cache: "made", ms: 100 })],
  [2, seen({ route: "/avatar/{id}", cache: "edge", ms: 4 })],
  [4, seen({ status: 404, code: "not_found" })],
  [5, seen({ status: 401, code: "invalid_signature" })],
  [9, seen({ route: "/healthcheck" })],
];

/** What each query of the documents, by the comment above it, makes of that. */
const ROWS: Readonly<Record<string, readonly object[]>> = {
  "-- Share of pictures that had to be made, and what was waited for, by route": [
    { route: "/avatar/{id}", requests: 2, made: 0, ms: 4 },
    { route: "/display/{rest}", requests: 4, made: 0.25, ms: 40 },
  ],
  "-- What is refused": [
    { status: "401", code: "invalid_signature", requests: 5 },
    { status: "404", code: "not_found", requests: 4 },
  ],
};

interface Point {
  readonly indexes: readonly string[];
  readonly blobs: readonly string[];
  readonly doubles: readonly number[];
}

/** The columns of a point that the Worker writes, as Analytics Engine names them. */
function columnsOf(observation: Observation): Readonly<Record<string, string | number>> {
  const columns: Record<string, string | number> = {};
  const name = (kind: string, values: readonly (string | number)[]) =>
    values.forEach((value, at) => {
      columns[`${kind}${at + 1}`] = value;
    });
  writePoint(
    {
      writeDataPoint({ indexes, blobs, doubles }: Point) {
        name("index", indexes);
        name("blob", blobs);
        name("double", doubles);
      },
    } as Analytics,
    observation,
  );
  return columns;
}

/** PostgreSQL has all of the SQL of Analytics Engine that is used, but `IF`. */
const SCHEMA = `
  CREATE TABLE edgefit (timestamp timestamptz DEFAULT now(), _sample_interval float8, index1 text,
    blob1 text, blob2 text, blob3 text, blob4 text, blob5 text, blob6 text, double1 float8, double2 float8);
  CREATE FUNCTION if(boolean, float8, float8) RETURNS float8 LANGUAGE sql
    AS 'SELECT CASE WHEN $1 THEN $2 ELSE $3 END'`;

beforeAll(async () => {
  database = await createTestDatabase();
  if (!database) return;
  const { sql } = database;
  await sql.unsafe(SCHEMA);
  for (const [stands, observation] of SEEN)
    await sql`INSERT INTO edgefit ${sql({ _sample_interval: stands, ...columnsOf(observation) })}`;
  await sql`INSERT INTO edgefit (timestamp, blob2, blob4, blob5) VALUES (now() - INTERVAL '2 days', 'old', 'old', 'old')`;
});
afterAll(() => database?.drop());

describe("a query on what the Worker writes into Analytics Engine", () => {
  it.for(examplesFor("query").flatMap(({ text }) => text.split("\n\n")))("%s", async (query, { expect, skip }) => {
    if (!database) return skip("no PostgreSQL on this machine");
    const [comment] = query.split("\n");
    expect([...(await database.sql.unsafe(query))]).toEqual(ROWS[comment]);
  });
});
