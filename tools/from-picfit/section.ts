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
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object" && !Array.isArray(value)) return value as Section;
  throw new Error(`Cannot read ${name}: expected an object`);
}

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
