// npm run import-avatars: copies the avatars of an avatar-go service, its table and its bucket, into this one.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { folderObjects, type ReadObject, s3Objects } from "./import/objects.ts";
import { parseDump, type SeedRow, toSeedRow } from "./import/rows.ts";
import { importAvatars } from "./import/run.ts";
import { writeToken } from "./import/token.ts";
import { connect } from "./postgres.ts";
import { runTool } from "./tool.ts";

const USAGE = `npm run import-avatars -- --to URL ROWS OBJECTS [--dry-run]

  --to URL            the avatar service, such as https://avatars.example.com

ROWS, one of
  --postgres          the database that SEED_DATABASE_URL names
    --table NAME      its table, default images
  --rows FILE         a dump: .csv with a head, or .json, a list or one object a line

OBJECTS, one of
  --folder DIR        a copy of the bucket
  --bucket NAME       the bucket itself, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
    --region NAME     default us-east-1
    --endpoint URL    of another provider than Amazon

  --dry-run           says what would be done
  --audience, --issuer TEXT   for a service with JWT_AUDIENCE, JWT_ISSUER

JWT_SECRET is taken from the environment. Avatars that are there already stay, so it can be started again.`;

const parsed = () =>
  parseArgs({
    options: {
      to: { type: "string" },
      postgres: { type: "boolean" },
      table: { type: "string", default: "images" },
      rows: { type: "string" },
      folder: { type: "string" },
      bucket: { type: "string" },
      region: { type: "string", default: "us-east-1" },
      endpoint: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      audience: { type: "string" },
      issuer: { type: "string" },
      help: { type: "boolean" },
    },
  });

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Cannot import: expected ${name} in the environment`);
  return value;
}

type Values = ReturnType<typeof parsed>["values"];

async function readRows(values: Values): Promise<SeedRow[]> {
  if (values.rows) return parseDump(values.rows, await readFile(values.rows, "utf8"));
  if (!values.postgres) throw new Error("Cannot import: expected --postgres or --rows FILE");
  const client = connect("SEED_DATABASE_URL", fromEnvironment("SEED_DATABASE_URL"));
  const rows = await client`SELECT * FROM ${client(values.table)}`.finally(() => client.end());
  return rows.map((row, index) => toSeedRow(row, index + 1));
}

function openObjects({ folder, bucket, region, endpoint }: Values): ReadObject {
  if (folder) return folderObjects(folder);
  if (!bucket) throw new Error("Cannot import: expected --folder DIR or --bucket NAME");
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  return s3Objects({ bucket, region, endpoint, credentials });
}

async function main(): Promise<number> {
  const { values } = parsed();
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (!URL.canParse(values.to ?? "")) throw new Error("Cannot import: expected --to URL");
  const { to, audience, issuer, "dry-run": dryRun } = values;
  const secret = dryRun ? "" : fromEnvironment("JWT_SECRET");
  const read = openObjects(values);
  const { counts, failures } = await importAvatars(
    await readRows(values),
    { dryRun },
    {
      read,
      ask: (path, init) => fetch(new URL(path, to), { redirect: "manual", ...init }),
      token: (hash) => writeToken(hash, { secret, audience, issuer }, Date.now()),
      wait: (ms) => new Promise((later) => setTimeout(later, ms)),
      log: console.log,
    },
  );
  console.log(
    `\n${
      Object.entries(counts)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(", ") || "No rows"
    }`,
  );
  if (failures.length) console.log(`\nNot imported:\n${failures.map((line) => `  ${line}`).join("\n")}`);
  return failures.length ? 1 : 0;
}

runTool(main);
