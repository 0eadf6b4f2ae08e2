import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { verifyConfigured } from "../../src/avatar/token.ts";
import type { Config } from "../../src/env.ts";
import { type Finding, fault, unless, warning } from "./finding.ts";
import type { Project } from "./project.ts";

/** The avatar half is on where it has a bucket and a database. */
export function avatarFaults({ avatars }: Config, project: Project): readonly Finding[] {
  const bucket = has(project, "AVATARS");
  const database = has(project, "DB") || has(project, "HYPERDRIVE");
  if (!bucket && !database) return [];
  if (!bucket)
    return [
      fault(
        "AVATARS",
        "There is a database for avatars, but no bucket: they are off",
        'Add [[r2_buckets]] with binding = "AVATARS".',
      ),
    ];
  if (!database)
    return [
      fault(
        "DB",
        "There is a bucket for avatars, but no database: they are off",
        'Add [[d1_databases]] with binding = "DB".',
      ),
    ];
  return [...tokenFaults(avatars), ...migrationFaults(project), ...sweepFaults(project)];
}

const has = ({ bindings }: Project, name: string): boolean => bindings.some((binding) => binding.name === name);

const SET_JWT_SECRET = "npx wrangler secret put JWT_SECRET; openssl rand -base64 32 makes one.";

function tokenFaults({ tokens }: Config["avatars"]): readonly Finding[] {
  if (tokens.keys.length === 0)
    return [warning("JWT_SECRET", "It is not set: nobody can change avatars", SET_JWT_SECRET)];
  try {
    verifyConfigured(tokens);
    return [];
  } catch (thrown) {
    const { cause } = thrown as Error;
    return [fault("JWT_SECRET", `It is too short, so nobody can change avatars: ${cause}`, SET_JWT_SECRET)];
  }
}

/** PostgreSQL has its migrations from the same folder, but by npm run migrate. */
function migrationFaults({ config, folder }: Project): readonly Finding[] {
  const database = config.d1_databases.find(({ binding }) => binding === "DB");
  if (!database) return [];
  const { migrations_dir = "migrations" } = database;
  return unless(
    existsSync(resolve(folder, migrations_dir, "0001_avatars.sql")),
    fault(
      "DB",
      `${migrations_dir} has no migrations of avatars`,
      'Set migrations_dir = "migrations", then npm run migrate.',
    ),
  );
}

const sweepFaults = ({ config }: Project): readonly Finding[] =>
  unless(
    (config.triggers.crons ?? []).length > 0,
    warning(
      "triggers",
      "No cron runs: what uploads that broke off leave behind stays",
      'Add [triggers] with crons = ["*/15 * * * *"].',
    ),
  );
