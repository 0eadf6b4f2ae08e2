type Type = "string" | "integer" | "number" | "boolean" | "object" | "array" | "null";

/** The part of JSON Schema 2020-12 that our requests and answers need. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: Type | readonly Type[];
  readonly format?: "date-time" | "uri";
  readonly const?: string | number | null;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

const described = (description: string | undefined) => (description === undefined ? {} : { description });

export const text = (description?: string): Schema => ({ type: "string", ...described(description) });
export const word = (words: readonly string[], description?: string): Schema => ({
  ...text(description),
  enum: words,
});
export const integer = (description?: string, minimum = 0, maximum?: number): Schema => ({
  ...{ type: "integer", minimum },
  ...(maximum !== undefined && { maximum }),
  ...described(description),
});
export const flag = (description?: string): Schema => ({ type: "boolean", ...described(description) });
export const date = (description?: string): Schema => ({ ...text(description), format: "date-time" });
export const list = (items: Schema, description?: string): Schema => ({
  ...{ type: "array", items },
  ...described(description),
});
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
export const NULL: Schema = { type: "null" };

/** An object of these members and no others; all are there but those that `optional` names. */
export const object = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

export const mapOf = (values: Schema, description?: string): Schema => ({
  ...{ type: "object", additionalProperties: values },
  ...described(description),
});

/** Those that several answers share, by name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** What all answers of data have in common. */
export const envelope = (data: Schema, more: Readonly<Record<string, Schema>> = {}): Schema =>
  object({ data, ...more, error: NULL });
