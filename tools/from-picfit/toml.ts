/** A value as TOML writes it in one line; JSON texts are TOML's basic strings. */
export function toToml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toToml).join(", ")}]`;
  if (typeof value === "object" && value !== null) return `{ ${Object.entries(value).map(toPair).join(", ")} }`;
  return JSON.stringify(value);
}

const toPair = ([name, value]: [string, unknown]): string =>
  `${/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name)} = ${toToml(value)}`;

/** One `NAME = value` a line. */
export const toLines = (vars: Readonly<Record<string, unknown>>): string => Object.entries(vars).map(toPair).join("\n");
