import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** How a project differs from the one that is shipped. */
export interface Changes {
  /** What is replaced in wrangler.toml, and by what. */
  readonly toml?: readonly (readonly [found: string, replaced: string])[];
  /** Lines of `.dev.vars`; undefined takes one away. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  /** What is taken away. */
  readonly without?: readonly string[];
}

/** Good secrets for whatever wants one. */
const SECRETS = { SECRET_KEY: "a key that nobody guesses", JWT_SECRET: "a token secret that nobody guesses" };

/** A copy of this project with its sources linked in. */
export async function changedProject({ toml = [], secrets = {}, without = [] }: Changes): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "edgefit-doctor-"));
  for (const name of [
    "src/engine/engine.wasm",
    "src/index.ts",
    "web/dist/playground.html",
    "migrations/0001_avatars.sql",
  ])
    if (!without.some((gone) => name.startsWith(gone))) await link(folder, name);
  await mkdir(join(folder, "src/engine"), { recursive: true });
  await mkdir(join(folder, "web/dist"), { recursive: true });
  await writeFile(join(folder, "wrangler.toml"), await changedToml(toml));
  const given = Object.entries({ ...SECRETS, ...secrets }).filter(([, value]) => value !== undefined);
  const lines = given.map(([name, value]) => `${name}='${value}'`);
  await writeFile(join(folder, ".dev.vars"), lines.join("\n"));
  return folder;
}

async function link(folder: string, name: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await symlink(join(ROOT, name), join(folder, name));
}

async function changedToml(changes: readonly (readonly [string, string])[]): Promise<string> {
  const shipped = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  return changes.reduce((text, [found, replaced]) => {
    if (!text.includes(found)) throw new Error(`wrangler.toml has no ${found}`);
    return text.replace(found, replaced);
  }, shipped);
}

export const removeProject = (folder: string): Promise<void> => rm(folder, { recursive: true });
