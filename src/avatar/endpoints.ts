import { VARIANTS } from "./variant.ts";

const sizes = VARIANTS.map(({ name, px }) => `${name} (${px})`).join(", ");

/** What `GET /` tells of avatars; the names of the members are those of the seed of this service. */
export const ENDPOINTS = {
  links: {
    "avatar.exists": { type: "avatar", href: "/:hash", method: "HEAD" },
    "avatar.read": { type: "avatar", href: "/:hash/:backup/:size", method: "GET" },
    "avatar.write": { type: "avatar", href: "/:hash", method: "POST" },
    "avatar.delete": { type: "avatar", href: "/:hash", method: "DELETE" },
  },
  meta: {
    parameters: {
      ":hash": "MD5, SHA-1 or SHA-256 of whatever the avatar is asked by, in hex",
      ":backup": "another hash, whose avatar is shown where the first has none; may be left out",
      ":size": `${sizes}, or pixels, which are rounded up to the next of these; may be left out`,
    },
  },
} as const;
