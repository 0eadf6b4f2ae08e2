import { resolve } from "./json-schema.ts";

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Members of the objects of OpenAPI 3.1 that we use: those that must be there, and those that may. */
const MEMBERS = {
  document: ["openapi info paths", "servers components tags security"],
  info: ["title version", "summary description license"],
  server: ["url", "description"],
  components: ["", "schemas securitySchemes"],
  scheme: ["type", "description scheme bearerFormat"],
  pathItem: ["", "get put post delete options head patch trace summary description parameters"],
  operation: ["responses", "operationId summary description tags parameters requestBody security deprecated"],
  parameter: ["name in schema", "description required style explode"],
  header: ["schema", "description required"],
  body: ["content", "description required"],
  response: ["description", "headers content"],
  media: ["", "schema example examples"],
} as const;

/** What keeps `document` from being an OpenAPI 3.1 document, each with its place; written from the specification. */
export function openApiFaults(document: unknown): string[] {
  const faults: string[] = [];
  const report = (place: string, fault: string) => void faults.push(`${place} ${fault}`);

  function check(kind: keyof typeof MEMBERS, place: string, value: unknown): Json {
    if (!isJson(value)) {
      report(place, `is no ${kind}`);
      return {};
    }
    const [needed, possible] = MEMBERS[kind].map((names) => names.split(" ").filter(Boolean));
    for (const name of needed) if (!(name in value)) report(place, `has no ${name}`);
    for (const name of Object.keys(value))
      if (![...needed, ...possible].includes(name)) report(place, `has ${name}, which no ${kind} has`);
    return value;
  }

  const entriesOf = (value: unknown): [string, unknown][] => (isJson(value) ? Object.entries(value) : []);

  function checkSchema(place: string, schema: unknown): void {
    if (!isJson(schema)) {
      report(place, "is no schema");
      return;
    }
    if (typeof schema.$ref === "string") checkReference(place, schema.$ref);
    const { properties, items, anyOf, additionalProperties, required } = schema;
    for (const [name, one] of entriesOf(properties)) checkSchema(`${place}.${name}`, one);
    for (const one of Array.isArray(anyOf) ? anyOf : []) checkSchema(`${place}|`, one);
    if (items !== undefined) checkSchema(`${place}[]`, items);
    if (isJson(additionalProperties)) checkSchema(`${place}.*`, additionalProperties);
    for (const name of Array.isArray(required) ? required : [])
      if (!isJson(properties) || !(name in properties)) report(place, `requires ${name}, which it does not know`);
  }

  function checkReference(place: string, pointer: string): void {
    try {
      resolve(pointer, document);
    } catch {
      report(place, `points at ${pointer}, where nothing is`);
    }
  }

  function checkContent(place: string, content: unknown): void {
    for (const [type, media] of entriesOf(content)) {
      if (!/^[a-z*]+\/[a-z0-9.+*-]+$/.test(type)) report(place, `has ${type}, which is no media type`);
      const { schema = {} } = check("media", `${place} ${type}`, media);
      checkSchema(`${place} ${type}`, schema);
    }
  }

  function checkParameters(place: string, path: string, parameters: unknown): void {
    const list = (Array.isArray(parameters) ? parameters : []).map((one) => check("parameter", place, one));
    const names = list.map(({ name, in: where }) => `${where} ${name}`);
    if (new Set(names).size < names.length) report(place, "has a parameter twice");
    for (const { name, in: where, schema, required } of list) {
      if (!["query", "path", "header", "cookie"].includes(String(where))) report(place, `has ${name} in ${where}`);
      if (where === "path" && required !== true) report(place, `does not require ${name}`);
      checkSchema(`${place} ${name}`, schema);
    }
    const inPath = list.filter((one) => one.in === "path").map(({ name }) => name);
    const templates = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    if (inPath.toSorted().join() !== templates.toSorted().join()) report(place, `has ${inPath} for ${templates}`);
  }

  function checkResponses(place: string, responses: unknown): void {
    const entries = entriesOf(responses);
    if (entries.length === 0) report(place, "has no responses");
    for (const [status, response] of entries) {
      if (!/^([1-5](\d\d|XX)|default)$/.test(status)) report(place, `has ${status}, which is no status`);
      const { description, headers, content } = check("response", `${place} ${status}`, response);
      if (typeof description !== "string" || description === "") report(`${place} ${status}`, "says nothing");
      for (const [name, header] of entriesOf(headers))
        checkSchema(name, check("header", `${place} ${name}`, header).schema);
      checkContent(`${place} ${status}`, content);
    }
  }

  function checkOperation(place: string, path: string, value: unknown): void {
    const { operationId, parameters, requestBody, responses, security } = check("operation", place, value);
    if (ids.has(operationId)) report(place, `has the id of another, ${operationId}`);
    ids.add(operationId);
    checkParameters(place, path, parameters);
    if (requestBody !== undefined) checkContent(place, check("body", place, requestBody).content);
    checkResponses(place, responses);
    for (const name of (Array.isArray(security) ? security : []).flatMap(Object.keys))
      if (!isJson(securitySchemes) || !(name in securitySchemes)) report(place, `wants ${name}, which is no scheme`);
  }

  function checkPath(path: string, item: unknown): void {
    const shape = path.replace(/\{\w+\}/g, "{}");
    if (!path.startsWith("/") || /[:*()?]/.test(path)) report(path, "is no path");
    if (shapes.has(shape)) report(path, "is there under other names");
    shapes.add(shape);
    for (const [method, value] of entriesOf(check("pathItem", path, item)))
      checkOperation(`${method} ${path}`, path, value);
  }

  const ids = new Set<unknown>();
  const shapes = new Set<string>();
  const { openapi, info, servers, paths, components } = check("document", "document", document);
  if (!/^3\.1\.\d+$/.test(String(openapi))) report("document", "is not of OpenAPI 3.1");
  check("info", "info", info);
  for (const server of Array.isArray(servers) ? servers : []) check("server", "server", server);
  const { schemas, securitySchemes } = check("components", "components", components);
  for (const [name, schema] of entriesOf(schemas)) checkSchema(name, schema);
  for (const [name, scheme] of entriesOf(securitySchemes)) check("scheme", name, scheme);
  for (const [path, item] of entriesOf(paths)) checkPath(path, item);
  return faults;
}
