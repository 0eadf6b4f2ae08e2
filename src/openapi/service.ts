import { inPath, json, type RouteDoc } from "./route-doc.ts";
import { envelope, integer, mapOf, object, text } from "./schema.ts";

const common = { tag: "service" } as const;
const HTML = { "text/html": text() };

export const root: RouteDoc = {
  ...common,
  summary: "For browsers the playground; for others who is answering.",
  answers: {
    200: {
      about: "By Accept.",
      content: {
        "application/json": {
          ...object(
            { ...envelope(object({ name: text(), version: text() })).properties, links: mapOf({}), meta: mapOf({}) },
            ["links", "meta"],
          ),
        },
        ...HTML,
      },
    },
    304: { about: "The client has the page." },
  },
};

export const page: RouteDoc = {
  ...common,
  summary: "A page for browsers.",
  answers: { 200: { about: "The page.", content: HTML }, 304: { about: "The client has it." } },
  errors: ["not_found"],
};

export const asset: RouteDoc = {
  ...common,
  summary: "What pages are made of.",
  parameters: [inPath("rest", "Its name.", text())],
  answers: { 200: { about: "The file.", content: { "*/*": {} } }, 304: { about: "The client has it." } },
  errors: ["not_found"],
};

export const openapi: RouteDoc = {
  ...common,
  summary: "This document.",
  answers: { 200: json("OpenAPI 3.1.", mapOf({})) },
};

export const healthcheck: RouteDoc = {
  ...common,
  summary: "Alive; touches no storage.",
  answers: {
    200: json(
      "It is.",
      object({
        ...{ started_at: text(), uptime: text(), status: { const: "Ok" }, version: text(), revision: text() },
        ...{ build_time: text(), compiler: text(), latest_commit_message: text(), ip_address: text() },
      }),
    ),
  },
};

const CLOSED = ["route_disabled", "address_not_allowed"] as const;

export const stats: RouteDoc = {
  ...common,
  summary: "Answers of this isolate by status.",
  answers: {
    200: json(
      "Since it started.",
      object({
        ...{ uptime: text(), total_count: integer(), total_status_code_count: mapOf(integer()) },
        peak_wasm_bytes: integer(),
      }),
    ),
  },
  errors: CLOSED,
};

export const health: RouteDoc = {
  ...common,
  summary: "What this isolate is busy with.",
  answers: { 200: json("Now.", object({ jobs: integer(), reservedBytes: integer(), waiting: integer() })) },
  errors: CLOSED,
};
