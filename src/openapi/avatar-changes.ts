import { RATINGS } from "../avatar/fields.ts";
import { CROP_PARAMETERS, HASH, TOKEN_PARAMETER } from "./avatar-parameters.ts";
import { describedBy } from "./avatars.ts";
import { PICTURE, TOKEN } from "./errors.ts";
import { bytes, json, type Parameter, query, type RouteDoc } from "./route-doc.ts";
import { date, envelope, flag, integer, list, object, orNull, ref, type Schema, text, word } from "./schema.ts";

const common = { tag: "avatars", tokens: ["avatar"] } as const;

const header = (name: string, about: string): Parameter => ({ name, in: "header", about, schema: text() });
const CONDITIONS = [
  header("If-Match", "Only where the avatar is in this state."),
  header("If-None-Match", "* only where there is none."),
];

const crop = object({ x: integer(), y: integer(), w: integer(), h: integer() });
const fields = { crop: text("x,y,w,h"), x: text(), y: text(), w: text(), h: text() };
const said = { rating: word(RATINGS), name: text(), alt: text() };

/** The picture in `avatar`, else `file`, `image` or `data`. */
const form: Schema = {
  type: "object",
  properties: { avatar: text("The picture."), ...fields, ...said, email: text(), token: text() },
};

export const upload: RouteDoc = {
  ...common,
  summary: "Keeps a picture as the avatar.",
  parameters: [TOKEN_PARAMETER, ...CROP_PARAMETERS, ...CONDITIONS],
  body: {
    "image/*": {},
    "multipart/form-data": form,
    "application/x-www-form-urlencoded": form,
    "application/json": {
      ...{ type: "object", required: ["image"] },
      properties: { image: text("A data URL."), ...fields, crop: { anyOf: [text("x,y,w,h"), crop] }, ...said },
    },
    "text/plain": text("A data URL."),
  },
  answers: {
    200: { ...describedBy("It is the avatar now."), headers: ["ETag", "Location"] },
    201: { ...describedBy("It is the avatar now."), headers: ["ETag", "Location"] },
  },
  errors: [
    ...TOKEN,
    ...PICTURE,
    ...([
      "body_mismatch",
      "import_disabled",
      "body_too_large",
      "invalid_id",
      "empty_body",
      "invalid_multipart",
    ] as const),
    ...(["missing_file", "invalid_base64", "invalid_json", "invalid_crop", "invalid_rating"] as const),
    ...(["invalid_parameter", "precondition_failed", "crop_out_of_bounds", "email_mismatch"] as const),
  ],
};

const REV = "^[0-9a-f]{16}$";
const CHANGED = ["not_found", "precondition_failed", "invalid_id"] as const;

export const change: RouteDoc = {
  ...common,
  summary: "Changes what is said of an avatar, which part of its source it shows, or which revision.",
  parameters: [TOKEN_PARAMETER, ...CONDITIONS],
  body: {
    "application/json": object(
      {
        crop: { anyOf: [crop, text("x,y,w,h"), { type: "null" }] },
        rev: { ...text("A revision that is kept, to be shown again; not with crop."), pattern: REV },
        rating: word(RATINGS),
        name: orNull(text()),
        alt: orNull(text()),
      },
      ["crop", "rev", "rating", "name", "alt"],
    ),
  },
  answers: { 200: describedBy("It is changed.") },
  errors: [
    ...TOKEN,
    ...PICTURE,
    ...CHANGED,
    ...(["body_too_large", "empty_body", "invalid_json", "invalid_crop", "invalid_rating"] as const),
    ...(["invalid_parameter", "route_disabled", "crop_out_of_bounds", "revision_not_kept"] as const),
  ],
};

export const remove: RouteDoc = {
  ...common,
  summary: "Removes an avatar.",
  parameters: [TOKEN_PARAMETER, ...CONDITIONS],
  answers: { 204: { about: "It is removed." } },
  errors: [...TOKEN, ...CHANGED, "delete_incomplete"],
};

export const link: RouteDoc = {
  ...common,
  summary: "Lets further ids find an avatar.",
  parameters: [TOKEN_PARAMETER, ...CONDITIONS],
  body: { "application/json": object({ ids: { ...list({ ...text(), pattern: HASH }), minItems: 1, maxItems: 16 } }) },
  answers: { 200: describedBy("They do.") },
  errors: [...TOKEN, ...CHANGED, "id_in_use", "invalid_json", "body_too_large", "invalid_parameter"],
};

const source = object({ width: integer(undefined, 1), height: integer(undefined, 1), kept: flag() });
const revision = object({ rev: { ...text(), pattern: REV }, crop, source, shownAt: date(), url: text() });
const OWN = [...TOKEN, "not_found", "invalid_id"] as const;

export const revisions: RouteDoc = {
  ...common,
  summary: "The present picture of an avatar, then those that can be shown again.",
  parameters: [TOKEN_PARAMETER],
  answers: {
    200: json("The last one that was shown comes first.", envelope(list(revision)), ["ETag", "Cache-Control"]),
  },
  errors: OWN,
};

export const keptSource: RouteDoc = {
  ...common,
  summary: "The whole picture that the present one was cut from, upright.",
  parameters: [TOKEN_PARAMETER],
  answers: { 200: bytes("The picture.", ["image/jpeg", "image/png", "image/gif"], ["Cache-Control"]) },
  errors: OWN,
};

export const listing: RouteDoc = {
  ...common,
  summary: "All avatars, the newest change first.",
  parameters: [
    TOKEN_PARAMETER,
    query("limit", "Entries of a page; 50 where absent.", integer(undefined, 1, 200)),
    query("cursor", "next_cursor of the page before.", text()),
    query("since", "Changed since then: a date, or milliseconds since 1970.", text()),
  ],
  answers: {
    200: json("A page of them.", envelope(list(ref("Avatar")), { next_cursor: orNull(text()) })),
  },
  errors: [...TOKEN, "invalid_parameter", "invalid_cursor"],
};
