import type { ErrorCode } from "../error.ts";
import type { Schema } from "./schema.ts";

/** What there is to say about a route: everything that the document has and the code does not tell. */
export interface RouteDoc {
  /** One line. */
  readonly summary: string;
  readonly tag: "pictures" | "sources" | "avatars" | "service";
  /** Whose `Authorization: Bearer` it wants; one of them is enough. */
  readonly tokens?: readonly ("upload" | "avatar" | "metrics")[];
  /** Those of the path too, unless they mean the same everywhere. */
  readonly parameters?: readonly Parameter[];
  /** Media type → what the body is. */
  readonly body?: Readonly<Record<string, Schema>>;
  /** By status, or `3XX`. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Beside those that every route has. */
  readonly errors?: readonly ErrorCode[];
}

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly about: string;
  readonly schema: Schema;
  readonly required?: boolean;
}

export interface Answer {
  readonly about: string;
  /** Media type → what the body is; absent: there is none. */
  readonly content?: Readonly<Record<string, Schema>>;
  /** Names of headers that this answer has, beside those of every answer. */
  readonly headers?: readonly string[];
}

/** A row of the tables of routes, as far as a document needs it. */
export type DocumentedRoute = readonly [method: string, pattern: string, handler: unknown, doc: RouteDoc];

export const query = (name: string, about: string, schema: Schema): Parameter => ({ name, in: "query", about, schema });
export const inPath = (name: string, about: string, schema: Schema): Parameter => ({ name, in: "path", about, schema });

export const json = (about: string, schema: Schema, headers: readonly string[] = []): Answer => ({
  about,
  content: { "application/json": schema },
  headers,
});

/** Bytes, of one of these types. */
export const bytes = (about: string, types: readonly string[], headers: readonly string[] = []): Answer => ({
  about,
  content: Object.fromEntries(types.map((type) => [type, {}])),
  headers,
});
