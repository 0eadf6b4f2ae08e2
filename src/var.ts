import { isObject, type JsonObject } from "./json.ts";

/** The variables and bindings of a Worker, as the runtime hands them over. */
export type Env = Readonly<Record<string, unknown>>;

/** A variable that holds something unusable. Names the variable, never its value. */
export class ConfigError extends Error {
  /** Such as `SHARD`, or `STORAGE.src.region` for a member of one. */
  readonly variable: string;

  constructor(variable: string, expected: string, options: ErrorOptions = {}) {
    super(`Cannot start: ${variable} must be ${expected}`, options);
    this.name = "ConfigError";
    this.variable = variable;
  }
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";

/** A string; absent and empty are undefined. */
export function readText(env: Env, name: string): string | undefined {
  const value = env[name];
  if (isAbsent(value)) return undefined;
  if (typeof value !== "string") throw new ConfigError(name, "a string");
  return value;
}

/** `1 true yes on` or `0 false no off`, or the JSON booleans and numbers of the same meaning. */
export function readFlag(env: Env, name: string, absent = false): boolean {
  const value = String(env[name] ?? "").toLowerCase();
  if (value === "") return absent;
  if (["1", "true", "yes", "on"].includes(value)) return true;
  if (["0", "false", "no", "off"].includes(value)) return false;
  throw new ConfigError(name, "true or false");
}

export function readInteger(env: Env, name: string, absent: number, least: number, most: number): number {
  const value = env[name];
  if (isAbsent(value)) return absent;
  const number = /^[0-9]{1,15}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new ConfigError(name, `an integer from ${least} to ${most}`);
}

export function readWord<T extends string>(env: Env, name: string, words: readonly T[]): T | undefined {
  const value = readText(env, name);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new ConfigError(name, `one of ${words.join(", ")}`);
  return word;
}

/** A JSON value, or the same JSON as a string. */
export function readJson(env: Env, name: string): unknown {
  const value = env[name];
  if (isAbsent(value)) return undefined;
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new ConfigError(name, "JSON");
  }
}

/** A JSON list of strings; a plain string is split at commas. */
export function readList(env: Env, name: string): readonly string[] | undefined {
  const value = env[name];
  if (isAbsent(value)) return undefined;
  const list = typeof value === "string" && !value.trimStart().startsWith("[") ? split(value) : readJson(env, name);
  if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  throw new ConfigError(name, "a list of strings");
}

const split = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** A JSON object; `known` are the members that it may have. */
export function readObject(env: Env, name: string, known: readonly string[]): JsonObject | undefined {
  const value = readJson(env, name);
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new ConfigError(name, "a JSON object");
  return checkMembers(value, name, known);
}

/** @throws ConfigError where `object` has a member that nobody reads: mostly a misspelt one */
export function checkMembers(object: JsonObject, name: string, known: readonly string[]): JsonObject {
  const stranger = Object.keys(object).find((member) => !known.includes(member));
  if (stranger !== undefined) throw new ConfigError(name, `an object of ${known.join(", ")}; ${stranger} is not known`);
  return object;
}

/** @throws ConfigError where the Worker has no binding of that name; `name` is the variable that asks for it */
export function bindingNamed<T>(env: Env, binding: string, name: string): T {
  const value = env[binding];
  if (typeof value !== "object" || value === null) throw new ConfigError(name, "the name of a binding that exists");
  return value as T;
}

/** `"$NAME"` stands for the secret NAME, so that credentials need not be in the configuration. */
export function settingOf(env: Env, value: unknown, name: string): string | boolean {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") throw new ConfigError(name, "a string");
  if (!value.startsWith("$")) return value;
  const secret = readText(env, value.slice(1));
  if (secret === undefined) throw new ConfigError(name, "the name of a secret that exists");
  return secret;
}
