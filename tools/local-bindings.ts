import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";

export interface LocalBindings {
  /** wrangler.toml of the Worker. */
  readonly config: string;
  /** Where `wrangler dev` keeps what these bindings hold. */
  readonly state: string;
}

/** Opens the buckets and the database that `wrangler dev` will use, for as long as `use` takes. */
export async function withLocalBindings<Bindings extends object, T>(
  { config, state }: LocalBindings,
  use: (bindings: Bindings) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "edgefit-"));
  try {
    const configPath = join(folder, "wrangler.toml");
    await writeFile(configPath, withoutClasses(await readFile(config, "utf8")));
    const proxy = await getPlatformProxy<Bindings & Record<string, unknown>>({ configPath, persist: { path: state } });
    try {
      return await use(proxy.env);
    } finally {
      await proxy.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Durable Objects are classes of the Worker, which does not run here: left in, they are warned of at length. */
const withoutClasses = (toml: string): string =>
  toml.replace(/^\[\[(?:durable_objects\.bindings|migrations)\]\]\n(?:[^[\n].*\n)*/gm, "");
