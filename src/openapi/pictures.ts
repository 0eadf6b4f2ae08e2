import { ENCODERS } from "../codec/codecs.ts";
import { ASKED, PICTURE, SIGNED, SOURCE } from "./errors.ts";
import { PICTURE_PARAMETERS } from "./picture-parameters.ts";
import { bytes, inPath, json, type RouteDoc } from "./route-doc.ts";
import { object, ref, text } from "./schema.ts";

const VALIDATORS = ["ETag", "Last-Modified", "Cache-Control", "X-Cache", "Server-Timing"];
const TYPES = Object.values(ENCODERS).map(({ mime }) => mime);

const errors = [...SIGNED, ...ASKED, ...SOURCE, ...PICTURE] as const;
const common = { tag: "pictures", parameters: PICTURE_PARAMETERS, errors } as const;

export const display: RouteDoc = {
  ...common,
  summary: "The picture.",
  answers: {
    200: bytes("The picture.", TYPES, VALIDATORS),
    206: bytes("The range that was asked for.", TYPES, [...VALIDATORS, "Content-Range"]),
    304: { about: "The client has it.", headers: VALIDATORS },
  },
  errors: [...errors, "range_not_satisfiable"],
};

const located = object({ filename: text(), key: text(), path: text(), url: text() });

export const get: RouteDoc = {
  ...common,
  summary: "Where the result is stored, once it is.",
  answers: { 200: json("Where it is.", located, ["Cache-Control"]) },
};

export const redirect: RouteDoc = {
  ...common,
  summary: "To the result, once it is stored.",
  answers: { "3XX": { about: "REDIRECT_STATUS, to its public address.", headers: ["Location", "Cache-Control"] } },
};

export const explain: RouteDoc = {
  ...common,
  summary: "What /display would do, without doing it.",
  answers: { 200: json("What is known before anything is decoded.", ref("Explanation")) },
  errors: [...errors, "route_disabled"],
};

const FORM = inPath(
  "rest",
  "Either [{sig}/]{op}/[{w}]x[{h}]/{path}, or the name of a source alone, which is op=noop. Its slashes stay slashes.",
  text(),
);

/** The same route, asked in the path form, which names the source. */
export const inPathForm = (doc: RouteDoc): RouteDoc => ({ ...doc, parameters: [FORM, ...(doc.parameters ?? [])] });
