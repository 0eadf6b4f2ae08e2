import type { Schema } from "../../src/openapi/schema.ts";

/** Checks of JSON Schema 2020-12, of the keywords that `Schema` has; anything else in a schema is a fault of it. */
type Check = (value: unknown, schema: Schema, root: unknown) => string[];

const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
};

const isType = (type: string, value: unknown) => type === typeOf(value) || (type === "number" && typeof value === type);

const FORMATS = {
  "date-time": (text: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text: string) => URL.canParse(text),
};

const failsIf = (fails: boolean, message: string): string[] => (fails ? [message] : []);

const isObject = (value: unknown): value is Record<string, unknown> => typeOf(value) === "object";

const CHECKS: Readonly<Record<keyof Schema, Check>> = {
  description: () => [],
  $ref: (value, { $ref = "" }, root) => violations(value, resolve($ref, root), root),
  type: (value, { type = [] }) =>
    failsIf(![type].flat().some((one) => isType(one, value)), `is ${typeOf(value)}, not ${type}`),
  const: (value, schema) => failsIf(value !== schema.const, `is not ${JSON.stringify(schema.const)}`),
  enum: (value, schema) => failsIf(!schema.enum?.includes(value as string), `is not one of ${schema.enum}`),
  format: (value, { format = "uri" }) => failsIf(!FORMATS[format](String(value)), `is no ${format}`),
  pattern: (value, { pattern = "" }) => failsIf(!new RegExp(pattern, "u").test(String(value)), `is not ${pattern}`),
  minimum: (value, { minimum = 0 }) => failsIf(Number(value) < minimum, `is below ${minimum}`),
  maximum: (value, { maximum = 0 }) => failsIf(Number(value) > maximum, `is above ${maximum}`),
  minItems: (value, { minItems = 0 }) => failsIf(Array.isArray(value) && value.length < minItems, "is too short"),
  maxItems: (value, { maxItems = 0 }) => failsIf(Array.isArray(value) && value.length > maxItems, "is too long"),
  items: (value, { items = {} }, root) =>
    Array.isArray(value) ? value.flatMap((item, at) => below(`[${at}]`, violations(item, items, root))) : [],
  anyOf: (value, { anyOf = [] }, root) =>
    failsIf(!anyOf.some((one) => violations(value, one, root).length === 0), "is nothing that it may be"),
  properties: (value, { properties = {} }, root) =>
    isObject(value)
      ? Object.entries(properties).flatMap(([name, one]) =>
          name in value ? below(`.${name}`, violations(value[name], one, root)) : [],
        )
      : [],
  required: (value, { required = [] }) =>
    isObject(value) ? required.flatMap((name) => failsIf(!(name in value), `has no ${name}`)) : [],
  additionalProperties: (value, { properties = {}, additionalProperties = true }, root) => {
    const others = isObject(value) ? Object.entries(value).filter(([name]) => !(name in properties)) : [];
    if (typeof additionalProperties === "object")
      return others.flatMap(([name, other]) => below(`.${name}`, violations(other, additionalProperties, root)));
    return failsIf(!additionalProperties && others.length > 0, `has ${others.map(([name]) => name)} too many`);
  },
};

const below = (place: string, found: readonly string[]): string[] => found.map((violation) => place + violation);

/** What `#/a/b` points at. */
export function resolve(pointer: string, root: unknown): Schema {
  const found = pointer
    .split("/")
    .slice(1)
    .reduce((value: unknown, name) => (isObject(value) ? value[name] : undefined), root);
  if (!isObject(found)) throw new Error(`Nothing is at ${pointer}`);
  return found;
}

/** What is wrong with `value`, each with its place; `root` is what references are resolved in. */
export function violations(value: unknown, schema: Schema, root: unknown): string[] {
  return Object.keys(schema).flatMap((keyword) => {
    const check = CHECKS[keyword as keyof Schema];
    if (!check) throw new Error(`No keyword ${keyword} is known`);
    return check(value, schema, root).map((violation) => (/^[.[]/.test(violation) ? violation : ` ${violation}`));
  });
}
