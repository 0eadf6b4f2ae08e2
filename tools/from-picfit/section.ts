/** An object of picfit's configuration. */
export type Section = Readonly<Record<string, unknown>>;

/** What one section comes to. */
export interface Part {
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly notes?: readonly string[];
}

/** @throws Error where there is something else under that name */
export function sectionOf(parent: Section, name: string): Section | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  if (isSection(value)) return value;
  throw new Error(`Cannot read ${name}: expected an object`);
}

/** An empty list restricts nothing in picfit; here it would allow nothing. */
export const isGiven = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

/**
 * A configuration as picfit's reader (viper) has it: names in any case, and null is as good as nothing.
 * @throws Error where it is no object
 */
export function configurationOf(value: unknown): Section {
  const normal = normalised(value);
  if (isSection(normal)) return normal;
  throw new Error("Cannot read the configuration: expected an object");
}

const isSection = (value: unknown): value is Section =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function normalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalised);
  if (!isSection(value)) return value;
  const given = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(given.map(([name, member]) => [name.toLowerCase(), normalised(member)]));
}

/** picfit takes a number for a text. */
export const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** picfit takes a text for a number or a flag; what it cannot read stays, for the Worker to complain of. */
export function typedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typedValue);
  if (isSection(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typedValue(member)]));
  if (typeof value !== "string") return value;
  if (/^[+-]?\d{1,9}$/.test(value)) return Number(value);
  if (/^(?:t|true)$/i.test(value)) return true;
  return /^(?:f|false)$/i.test(value) ? false : value;
}

/** As `typedValue`; undefined where picfit would see its zero, and take the default. */
export const givenValue = (value: unknown): unknown => (value === "" || value === 0 ? undefined : typedValue(value));
