import { describe, expect, it } from "vitest";
import { ERRORS } from "../../src/error.ts";
import { templateOf } from "../../src/openapi/document.ts";
import type { Schema } from "../../src/openapi/schema.ts";
import { OPERATIONS } from "../../src/operation/operations.ts";
import { OPTIONS, type Option } from "../../src/operation/option.ts";
import { readValues } from "../../src/operation/values.ts";
import { AVATAR_ROUTES, ROUTES } from "../../src/routes.ts";
import { DOCUMENT } from "../support/documented.ts";
import { violations } from "../support/json-schema.ts";
import { openApiFaults } from "../support/openapi-faults.ts";
import { refusalOf } from "../support/refusal.ts";
import { service } from "../support/service.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}

const routes = [...AVATAR_ROUTES, ...ROUTES];
const paths: Readonly<Record<string, Readonly<Record<string, { parameters?: Parameter[] }>>>> = DOCUMENT.paths;
const written = JSON.parse(JSON.stringify(DOCUMENT));
const shapeOf = (path: string) => path.replace(/\{\w+\}/g, "{}");

describe("documentOf()", () => {
  it("is an OpenAPI 3.1 document", () => expect(openApiFaults(written)).toEqual([]));

  it.for([
    ["another version", { ...written, openapi: "3.0.3" }, "is not of OpenAPI 3.1"],
    ["a path without its parameter", withOperation("/a/{b}", {}), "has  for b"],
    ["a path twice", { ...written, paths: { ...written.paths, "/avatar/{other}": {} } }, "is there under other names"],
    ["a reference to nothing", withResponse({ $ref: "#/components/schemas/Nothing" }), "where nothing is"],
    ["a member that is misspelt", withOperation("/a", { sumary: "x" }), "which no operation has"],
    ["a scheme that is not there", withOperation("/a", { security: [{ nobody: [] }] }), "which is no scheme"],
    ["a required member that is not there", withResponse({ properties: {}, required: ["a"] }), "does not know"],
  ] as const)("would not be one with %s", ([, document, fault]) => {
    expect(openApiFaults(document).join()).toContain(fault);
  });

  it.for(routes.map(([method, pattern]) => [method, pattern] as const))("has %s %s", ([method, pattern]) => {
    const [found] = Object.keys(paths).filter((path) => shapeOf(path) === shapeOf(templateOf(pattern)));
    expect(Object.keys(paths[found] ?? {})).toContain(method.toLowerCase());
  });

  it("has no other", () => {
    const known = new Set(routes.map(([method, pattern]) => `${method} ${shapeOf(templateOf(pattern))}`));
    const found = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${shapeOf(path)}`),
    );
    expect(found.toSorted()).toEqual([...known].sort());
  });

  it("has every code of an error but that of a method which no route has", () => {
    const text = JSON.stringify(DOCUMENT.paths);
    expect(Object.keys(ERRORS).filter((code) => !text.includes(`"${code}"`))).toEqual(["method_not_allowed"]);
  });
});

function withOperation(path: string, operation: object) {
  const responses = { 200: { description: "x" } };
  return { ...written, paths: { [path]: { get: { operationId: "x", responses, ...operation } } } };
}

function withResponse(schema: object) {
  return withOperation("/a", { responses: { 200: { description: "x", content: { "a/b": { schema } } } } });
}

describe("parameters of /display", () => {
  const parameters = paths["/display"].get.parameters ?? [];
  const schemaOf = (name: string): Schema => parameters.find((parameter) => parameter.name === name)?.schema ?? {};
  const names = Object.values<Option>(OPTIONS).flatMap((option) => [...option.names]);
  const isRead = (name: string, text: string) =>
    !Array.isArray(refusalOf(() => readValues((given) => (given === name ? text : undefined), [])));

  it.for(names)("%s may be what its reader takes", (name) => {
    const schema = schemaOf(name);
    const { minimum = 0, maximum = 0, enum: words = [] } = schema;
    const numbers = schema.type === "integer" ? [minimum - 1, minimum, minimum + 1, maximum, maximum + 1, 1.5] : [];
    const texts = numbers.length > 0 ? [] : [...words.map(String), "no word", "", "ff8800", "f80", "ff880", "ff8800aa"];
    for (const value of [...numbers, ...texts])
      expect([value, violations(value, schema, DOCUMENT).length === 0]).toEqual([value, isRead(name, String(value))]);
  });

  it("name every operation", () => {
    for (const name of OPERATIONS.keys()) expect(violations([name], schemaOf("op"), DOCUMENT)).toEqual([]);
    expect(violations(["shrink"], schemaOf("op"), DOCUMENT)).toHaveLength(1);
    expect(violations(["op:resize w:10"], schemaOf("op"), DOCUMENT)).toEqual([]);
  });

  it.for(["/get", "/redirect", "/explain"])("are those of %s", (path) => {
    expect(paths[path].get.parameters).toEqual(parameters);
    expect(paths[`${path}/{rest}`].get.parameters?.slice(1)).toEqual(parameters);
  });
});

describe("GET /openapi.json", () => {
  it("is the document", async () => {
    const response = await service().fetch("/openapi.json");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual(written);
  });
});
