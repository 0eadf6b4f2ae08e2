import { ASKED, PICTURE, WRITER } from "./errors.ts";
import { PICTURE_PARAMETERS } from "./picture-parameters.ts";
import { json, query, type RouteDoc } from "./route-doc.ts";
import { date, envelope, integer, list, object, orNull, text } from "./schema.ts";

const common = { tag: "sources", tokens: ["upload"] } as const;

export const listing: RouteDoc = {
  ...common,
  summary: "What lies in one folder of the source storage.",
  parameters: [
    query("prefix", "The folder, or how names in it begin.", text()),
    query("limit", "Entries of a page; 50 where absent.", integer(undefined, 1, 200)),
    query("cursor", "next_cursor of the page before.", text()),
  ],
  answers: {
    200: json(
      "A page of it.",
      envelope(list(object({ path: text(), size: integer(), modified: orNull(date()) })), {
        folders: list(text("Ends with a slash.")),
        next_cursor: orNull(text()),
      }),
    ),
  },
  errors: [...WRITER, "invalid_parameter", "invalid_cursor"],
};

export const upload: RouteDoc = {
  ...common,
  summary: "Keeps a picture in the source storage, under its base name.",
  body: { "multipart/form-data": object({ data: text("The picture.") }) },
  answers: { 200: json("It is kept.", object({ filename: text(), path: text(), url: text() })) },
  errors: [...WRITER, ...PICTURE, "invalid_parameter", "body_too_large"],
};

export const purge: RouteDoc = {
  ...common,
  summary: "Deletes what was made from a source; the source stays.",
  parameters: [query("path", "Name of the source; or url.", text()), query("url", "Its address.", text())],
  answers: { 200: json("They are deleted.", envelope(object({ removed: integer("How many.") }))) },
  errors: [...WRITER, "invalid_parameter"],
};

export const remove: RouteDoc = {
  ...common,
  summary: "Deletes a source; with the path form, or with op, the one result of that request.",
  parameters: PICTURE_PARAMETERS,
  answers: { 200: { about: "It is deleted.", content: { "text/plain": { const: "Ok" } } } },
  errors: [...WRITER, ...ASKED, "not_found"],
};
