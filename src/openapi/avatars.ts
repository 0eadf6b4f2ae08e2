import { RATINGS } from "../avatar/fields.ts";
import { VARIANTS } from "../avatar/variant.ts";
import { ENCODERS } from "../codec/codecs.ts";
import { INITIALS_PARAMETERS, READ_PARAMETERS } from "./avatar-parameters.ts";
import { bytes, json, type RouteDoc } from "./route-doc.ts";
import { date, envelope, flag, integer, list, object, orNull, ref, type Schema, text, word } from "./schema.ts";

const common = { tag: "avatars" } as const;
const TYPES = ["png", "jpg", "webp", "avif", "gif"] as const;
const MIMES = [...TYPES.map((format) => ENCODERS[format].mime), "image/svg+xml"];
const VALIDATORS = ["ETag", "Last-Modified", "Cache-Control", "X-Cache", "X-Avatar-Source"];

const size = object({ href: text(), path: text(), url: text(), available: flag("The picture fills it.") });

/** What a client is told of an avatar. */
export const AVATAR: Schema = object({
  ...{ hash: text("The id that was asked by."), ids: list(text()), rev: text(), type: word(["jpg", "png"]) },
  ...{ best: word(VARIANTS.map(({ name }) => name)), width: integer(undefined, 1), height: integer(undefined, 1) },
  ...{ rating: word(RATINGS), name: orNull(text()), alt: orNull(text()) },
  sizes: object(Object.fromEntries(VARIANTS.map(({ name }) => [name, size]))),
  ...{ createdAt: date(), updatedAt: date(), url: text() },
});

export const describedBy = (about: string) => json(about, envelope(ref("Avatar")), ["ETag", "Cache-Control"]);

const PICTURE = {
  200: bytes("The picture.", MIMES, VALIDATORS),
  206: bytes("The range that was asked for.", MIMES, [...VALIDATORS, "Content-Range"]),
  304: { about: "The client has it.", headers: VALIDATORS },
};
const PICTURE_ERRORS = [
  ...["not_found", "rate_limited", "range_not_satisfiable", "busy", "storage_unavailable"],
  ...["decode_failed", "image_too_large"],
] as const;

export const read: RouteDoc = {
  ...common,
  summary: "An avatar, or what stands in for it.",
  parameters: READ_PARAMETERS,
  answers: { ...PICTURE, 302: { about: "To the address that d names.", headers: ["Location", "Cache-Control"] } },
  errors: PICTURE_ERRORS,
};

export const generated: RouteDoc = {
  ...common,
  summary: "A picture drawn from any text.",
  parameters: READ_PARAMETERS,
  answers: PICTURE,
  errors: PICTURE_ERRORS,
};

export const initials: RouteDoc = { ...generated, summary: "Initials.", parameters: INITIALS_PARAMETERS };

export const immutable: RouteDoc = {
  ...common,
  summary: "One revision at one size, which never changes.",
  answers: PICTURE,
  errors: PICTURE_ERRORS,
};

export const exists: RouteDoc = {
  ...common,
  summary: "Whether there is an avatar.",
  answers: { 204: { about: "There is." }, 404: { about: "There is none." } },
  errors: ["storage_unavailable"],
};

export const redirect: RouteDoc = {
  ...common,
  summary: "To a picture of the avatar, of the avatar that stands in for it, or of what is drawn.",
  answers: { 302: { about: "To the picture.", headers: ["Location", "Cache-Control"] } },
  errors: ["not_found", "invalid_id", "storage_unavailable"],
};

export const metadata: RouteDoc = {
  ...common,
  summary: "What is known of an avatar.",
  answers: { 200: describedBy("That is known."), 304: { about: "The client has it.", headers: ["ETag"] } },
  errors: ["not_found", "storage_unavailable"],
};

const style = object({ name: text(), aliases: list(text()), deterministic: flag(), svg: flag(), licence: text() });

export const styles: RouteDoc = {
  ...common,
  summary: "What can be drawn.",
  answers: { 200: json("All styles.", envelope(list(style))) },
};

const photo = object({ value: text(), type: text() });
const entry = object(
  { hash: text(), requestHash: text(), thumbnailUrl: text(), photos: list(photo), displayName: text() },
  ["displayName"],
);

export const profile: RouteDoc = {
  ...common,
  summary: "An avatar as Gravatar's older profiles tell of it.",
  answers: {
    200: json("The profile.", object({ entry: list(entry) })),
    404: json("There is none.", { const: "User not found" }),
  },
  errors: ["storage_unavailable"],
};

export const profileV3: RouteDoc = {
  ...common,
  summary: "An avatar as Gravatar's profiles tell of it.",
  answers: {
    200: json(
      "The profile.",
      object({ hash: text(), display_name: text(), avatar_url: text(), avatar_alt_text: text() }),
    ),
    404: json("There is none.", object({ error: text(), code: text() })),
  },
  errors: ["storage_unavailable"],
};
