import { createStorage } from "../../src/create-storage.ts";
import { type Config, readConfig } from "../../src/env.ts";
import type { StorageConfig } from "../../src/env-storage.ts";
import { isObject } from "../../src/json.ts";
import { ConfigError, type Env } from "../../src/var.ts";
import { type Finding, fault, unless } from "./finding.ts";

/** What the Worker reads from an environment, and all that keeps it from doing so. */
export interface Reading {
  /** Without what could not be read. */
  readonly config: Config;
  readonly env: Env;
  readonly findings: readonly Finding[];
}

/** Reads as the Worker does. It stops at the first fault; here what is wrong is taken out, and it goes on. */
export function readVariables(given: Env): Reading {
  const secrets = missingSecrets(given);
  const env = { ...given, ...Object.fromEntries(secrets.map(({ secret }) => [secret, "missing"])) };
  const read = readWithout(env, []);
  return { ...read, findings: [...secrets.map(({ finding }) => finding), ...read.findings, ...storageFaults(read)] };
}

function readWithout(env: Env, findings: readonly Finding[]): Reading {
  try {
    return { config: readConfig(env), env, findings };
  } catch (thrown) {
    const finding = unreadable(thrown);
    const [variable] = finding.about.split(/[.[]/);
    if (env[variable] === undefined) throw thrown;
    return readWithout({ ...env, [variable]: undefined }, [...findings, finding]);
  }
}

function unreadable(thrown: unknown): Finding {
  if (!(thrown instanceof ConfigError)) throw thrown;
  const { variable, message } = thrown;
  const expected = message.slice(message.indexOf(" must be ") + 1);
  return fault(variable, `It ${expected}`, "See docs/configuration.md; it is set in wrangler.toml or .dev.vars.");
}

/** `"$NAME"` stands for the secret NAME. */
function missingSecrets(env: Env): readonly { readonly secret: string; readonly finding: Finding }[] {
  return ["STORAGE", "KVSTORE"].flatMap((variable) =>
    textsIn(parsed(env[variable]), variable)
      .filter(({ text }) => text.startsWith("$") && !env[text.slice(1)])
      .map(({ text, place }) => ({ secret: text.slice(1), finding: missingSecret(text.slice(1), place) })),
  );
}

const missingSecret = (secret: string, place: string): Finding =>
  fault(
    place,
    `It stands for the secret ${secret}, which is not set`,
    `npx wrangler secret put ${secret}, and a line ${secret}=... in .dev.vars for your own machine. ` +
      `Where it is only on the deployed Worker: --secret ${secret}.`,
  );

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    // The Worker says so itself.
    return undefined;
  }
}

function textsIn(value: unknown, place: string): readonly { readonly text: string; readonly place: string }[] {
  if (typeof value === "string") return [{ text: value, place }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, `${place}.${name}`));
}

/** What only shows when a storage is made: a region that is missing, an address that is none. */
function storageFaults({ config, env }: Reading): readonly Finding[] {
  const { source, destination, destinationReadOnly } = config.storage ?? {};
  const sections: readonly (readonly [string, StorageConfig | undefined])[] = [
    ["STORAGE.src", source],
    ["STORAGE.dst", destination === source ? undefined : destination],
    ["STORAGE.dst-ro", destinationReadOnly],
  ];
  return sections.flatMap(([name, section]) => (section ? storageFault(section, name, config, env) : []));
}

const notWritable: Finding = fault(
  "STORAGE.dst.type",
  "It must be a storage that can be written",
  "Name another for results, or none; where results are only read is dst-ro.",
);

function storageFault(section: StorageConfig, name: string, config: Config, env: Env): readonly Finding[] {
  try {
    // Bindings are looked at beside this, with what they are bound to.
    const bound = { ...env, [String(section.binding)]: {} };
    const { writer } = createStorage(section, name, { config, env: bound, viaToken: "doctor" });
    return unless(name !== "STORAGE.dst" || writer !== undefined, notWritable);
  } catch (thrown) {
    return [unreadable(thrown)];
  }
}
