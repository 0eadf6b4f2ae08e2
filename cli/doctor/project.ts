import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Unstable_Config as WranglerConfig } from "wrangler";
import type { Env } from "../../src/var.ts";
import { failure, misuse } from "../cli-error.ts";

/** A Worker as a folder describes it. */
export interface Project {
  readonly folder: string;
  /** wrangler.toml or what stands in its place. */
  readonly file: string;
  readonly config: WranglerConfig;
  /** Variables and secrets as the Worker would see them; in the place of each binding an empty object. */
  readonly env: Env;
  /** Names in `[vars]`, which everybody can read who can read the file. */
  readonly published: readonly string[];
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
}

export type BindingKind =
  | "R2 bucket"
  | "KV namespace"
  | "D1 database"
  | "Durable Object"
  | "Hyperdrive"
  | "fetcher"
  | "other";

export interface ProjectOptions {
  /** An environment of the configuration. */
  readonly env?: string | undefined;
  /** Secrets of the deployed Worker, of which nobody knows but the names. */
  readonly secrets: readonly string[];
}

const FILES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/** The configuration in `place`, which is a folder or the file itself. Undefined where there is none. */
export const findConfig = (place: string): string | undefined =>
  FILES.some((name) => place.endsWith(name)) ? place : FILES.map((name) => join(place, name)).find(existsSync);

type Wrangler = typeof import("wrangler");

/** It reads its own configuration best. @throws CliError 1 where it is not installed */
export const loadWrangler = (): Promise<Wrangler> =>
  import("wrangler").catch((cause) => {
    throw failure("Cannot read the configuration: expected Wrangler to be installed, by npm ci", { cause });
  });

/** @throws CliError 1 where Wrangler cannot read the file */
export function readProject(file: string, { env, secrets }: ProjectOptions, wrangler: Wrangler): Project {
  const { unstable_readConfig, unstable_getVarsForDev } = wrangler;
  const selected = env === undefined ? {} : { env };
  const config = readOrFail(file, () => unstable_readConfig({ config: file, ...selected }, { hideWarnings: true }));
  if (env !== undefined && !config.definedEnvironments?.includes(env))
    throw misuse(`Cannot find the environment ${env} in ${file}`);
  const vars = unstable_getVarsForDev(file, undefined, config.vars, env, true, config.secrets);
  const bindings = bindingsIn(config);
  return {
    folder: dirname(file),
    file,
    config,
    env: {
      ...Object.fromEntries(bindings.map(({ name }) => [name, {}])),
      ...Object.fromEntries(secrets.map((name) => [name, unknownSecret(name)])),
      ...Object.fromEntries(Object.entries(vars).map(([name, { value }]) => [name, value])),
    },
    published: Object.keys(config.vars),
    bindings,
  };
}

/** Long enough for everything that is asked of a secret. */
const unknownSecret = (name: string): string => (name === "JWT_SECRETS" ? "{}" : "a secret that only Cloudflare knows");

function readOrFail<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw failure(`Cannot read ${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function bindingsIn(config: WranglerConfig): Binding[] {
  const named = (kind: BindingKind, list: readonly object[] = []): Binding[] =>
    list.flatMap((item) => {
      const { binding, name } = item as { binding?: string; name?: string };
      return (binding ?? name) ? [{ name: binding ?? name ?? "", kind }] : [];
    });
  return [
    ...named("R2 bucket", config.r2_buckets),
    ...named("KV namespace", config.kv_namespaces),
    ...named("D1 database", config.d1_databases),
    ...named("Durable Object", config.durable_objects.bindings),
    ...named("Hyperdrive", config.hyperdrive),
    ...named("fetcher", config.services),
    ...named("fetcher", config.assets ? [config.assets] : []),
    ...named("other", config.ratelimits),
  ];
}
