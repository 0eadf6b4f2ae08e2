import postgres from "postgres";

/**
 * A connection to the database that the variable `name` names. Nothing of an address that cannot be read is told: a
 * password stands in it, often the very thing that keeps it from being read.
 */
export function connect(name: string, url: string | undefined): postgres.Sql {
  try {
    if (url) return postgres(url, { max: 1, onnotice: () => {} });
  } catch {}
  throw new Error(`Cannot connect: expected ${name}=postgres://user:password@host:5432/database, percent-encoded`);
}
