import { ERRORS } from "../error.ts";
import { VERSION } from "../version.ts";
import { AVATAR } from "./avatars.ts";
import { EXPLANATION } from "./explanation-schema.ts";
import { operationOf } from "./operation.ts";
import type { DocumentedRoute, RouteDoc } from "./route-doc.ts";
import { integer, object, text, word } from "./schema.ts";

/** What every failure is answered with (RFC 9457). */
const PROBLEM = object({
  ...{ type: text(), title: text(), status: integer(undefined, 400, 599), detail: text("For people.") },
  ...{ code: word(Object.keys(ERRORS), "For programs: stable."), requestId: text() },
});

const bearer = (description: string) => ({ type: "http", scheme: "bearer", description });

/** The OpenAPI 3.1 document of these routes, both halves of them. */
export const documentOf = (routes: readonly DocumentedRoute[]) => ({
  openapi: "3.1.0",
  info: {
    ...{ title: "edgefit", version: VERSION, license: { name: "MIT", identifier: "MIT" } },
    description: "Pictures and avatars. A HEAD is answered as its GET, OPTIONS says which methods a path has.",
  },
  servers: [{ url: "/" }],
  paths: pathsOf(routes),
  components: {
    schemas: { Problem: PROBLEM, Avatar: AVATAR, Explanation: EXPLANATION },
    securitySchemes: {
      upload: bearer("UPLOAD_SECRET"),
      avatar: { ...bearer("A JSON Web Token of your server."), bearerFormat: "JWT" },
      metrics: bearer("METRICS_TOKEN"),
    },
  },
});

/** `/a/:id.:extension`, `/(?<id>[0-9a-f]+)` and `/display/*` as OpenAPI has templates. */
export const templateOf = (pattern: string): string =>
  pattern
    .replace(/\(\?<(\w+)>[^)]*\)/g, "{$1}")
    .replace(/:(\w+)/g, "{$1}")
    .replace("*", "{rest}");

interface Entry {
  readonly path: string;
  readonly docs: Map<string, RouteDoc>;
}

/** Paths that only differ in the names of their templates are one path (OpenAPI 3.1 §4.8.8). */
function entriesOf(routes: readonly DocumentedRoute[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const [method, pattern, , doc] of routes) {
    const path = templateOf(pattern);
    const shape = path.replace(/\{\w+\}/g, "{}");
    const entry = entries.get(shape) ?? { path, docs: new Map() };
    entries.set(shape, entry);
    const other = entry.docs.get(method);
    entry.docs.set(method, other ? either(other, doc) : doc);
  }
  return [...entries.values()];
}

/** Two routes of one method and one path: the first is asked first. */
const either = (first: RouteDoc, second: RouteDoc): RouteDoc => ({
  ...first,
  summary: `${first.summary} Else: ${second.summary}`,
  parameters: [...(first.parameters ?? []), ...(second.parameters ?? [])],
  answers: { ...second.answers, ...first.answers },
  errors: [...(first.errors ?? []), ...(second.errors ?? [])],
  tokens: [...(first.tokens ?? []), ...(second.tokens ?? [])],
});

const pathsOf = (routes: readonly DocumentedRoute[]) =>
  Object.fromEntries(
    entriesOf(routes).map(({ path, docs }) => {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const operation = ([method, doc]: [string, RouteDoc]) =>
        [method.toLowerCase(), operationOf(doc, idOf(method, path), names)] as const;
      return [path, Object.fromEntries([...docs].map(operation))];
    }),
  );

/** `getDisplayRest` of `GET /display/{rest}`. */
const idOf = (method: string, path: string): string =>
  method.toLowerCase() + [...path.matchAll(/\w+/g)].map(([word]) => word[0].toUpperCase() + word.slice(1)).join("");
