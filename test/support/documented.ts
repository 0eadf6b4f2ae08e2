import { documentOf } from "../../src/openapi/document.ts";
import type { Schema } from "../../src/openapi/schema.ts";
import { AVATAR_ROUTES, ROUTES } from "../../src/routes.ts";
import { violations } from "./json-schema.ts";

export const DOCUMENT = documentOf([...AVATAR_ROUTES, ...ROUTES]);

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Answer>>;
}

/** The most specific path first: with the fewest templates, then with the most other text. */
const PATHS = Object.entries(DOCUMENT.paths)
  .map(([path, operations]) => ({ operations, pattern: patternOf(path), order: orderOf(path) }))
  .sort((a, b) => a.order - b.order);

function patternOf(path: string): RegExp {
  const escaped = path
    .replaceAll(".", "\\.")
    .replace("{rest}", ".+")
    .replace(/\{\w+\}/g, "[^/]+?");
  return new RegExp(`^${escaped}/?$`);
}

function orderOf(path: string): number {
  const literals = path.split(/\{\w+\}/);
  return 1_000 * literals.length - literals.join("").length;
}

/** What a request is for. A name that is deleted may hold slashes, and start like the path of an avatar. */
function operationsFor(method: string, pathname: string): readonly Operation[] {
  const methods = method === "HEAD" ? ["head", "get"] : [method.toLowerCase()];
  const fitting = PATHS.filter(({ pattern }) => pattern.test(pathname) || (method === "DELETE" && pattern.test("/x")));
  const operations = fitting.flatMap(({ operations }) => methods.flatMap((name) => operations[name] ?? []));
  return method === "DELETE" ? operations : operations.slice(0, 1);
}

/** A refusal that no route gives. */
const isUnrouted = (method: string, status: number, body: string): boolean =>
  method === "OPTIONS" || (method === "HEAD" && [404, 405].includes(status)) || UNROUTED.test(body);

const UNROUTED = /"detail":"404 page not found"|"code":"method_not_allowed"/;

/** What is wrong with an answer, by the document. */
export async function undocumented(method: string, pathname: string, response: Response): Promise<string[]> {
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const body = type.includes("json") ? await response.clone().text() : "";
  if (isUnrouted(method, response.status, body)) return [];
  const told = `${method} ${pathname}: ${response.status} ${type}`;
  const found = operationsFor(method, pathname).map((operation) =>
    faultsOf(operation, method, response.status, type, body),
  );
  if (found.some((faults) => faults.length === 0)) return [];
  return [told, ...(found[0] ?? ["no such operation"])];
}

function faultsOf({ responses }: Operation, method: string, status: number, type: string, body: string): string[] {
  const answer = responses[status] ?? responses[`${status}`.replace(/..$/, "XX")];
  if (!answer) return [`may not be ${status} ${body}`];
  if (method === "HEAD" || type === "") return [];
  const schema = (answer.content?.[type] ?? answer.content?.["*/*"])?.schema;
  if (!schema) return [`may not be ${type}`];
  return type.includes("json") ? violations(JSON.parse(body), schema, DOCUMENT) : [];
}
