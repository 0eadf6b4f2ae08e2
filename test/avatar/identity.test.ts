import { describe, it } from "vitest";
import {
  type AvatarId,
  algorithmOf,
  DEFAULT_IMAGE_ID,
  idsOfEmail,
  parseId,
  toId,
  verifyEmail,
} from "../../src/avatar/identity.ts";
import { refusalOf } from "../support/refusal.ts";

const A = "fc2398a73dd54d6237c4fdb58fd7d75347cf5af3";

/** Input and its digests, made by md5sum, sha1sum and sha256sum of the normal form. */
const VECTORS = [
  [
    "alice@example.com",
    "c160f8cc69a4f0bf2b0362752353d060",
    "fc2398a73dd54d6237c4fdb58fd7d75347cf5af3",
    "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976",
  ],
  [
    " MyEmailAddress@example.com ",
    "0bc83cb571cd1c50ba6f3e8a78ef1346",
    "6b933a5f1b8864ac6e72157b9c58d45913b6f32c",
    "84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee",
  ],
  [
    "Bob@Example.ORG",
    "10ac39056a4b6f1f6804d724518ff2dc",
    "97ec78b292ab06a5b64d5cc50140b2a3fd901061",
    "686b5e4cf4f963adf8f51468a48028ef8d15bd02fa335f821279a3d1678c9615",
  ],
  [
    "José@example.com",
    "f3e3d6d619238617fee6765e45961da5",
    "9a854c23ee0d6eaecde59b38649bf584266d483e",
    "b0a53cf19e34d05b57bced7365c6b00ddbe38d62957e863de2a66a56c3b42cea",
  ],
  [
    "Jose\u0301@example.com",
    "f3e3d6d619238617fee6765e45961da5",
    "9a854c23ee0d6eaecde59b38649bf584266d483e",
    "b0a53cf19e34d05b57bced7365c6b00ddbe38d62957e863de2a66a56c3b42cea",
  ],
  [
    "default",
    "c21f969b5f03d33d43e04f8f136e7682",
    "7505d64a54e061b7acd54ccd58b49dc43500b635",
    "37a8eec1ce19687d132fe29051dca629d164e2c4958ba141d5f4133a33f0688f",
  ],
] as const;

describe("idsOfEmail()", () => {
  it.for(VECTORS)("makes the three ids of %j", async ([email, md5, sha1, sha256], { expect }) => {
    expect(await idsOfEmail(email)).toEqual({ md5, sha1, sha256 });
  });
});

describe("parseId()", () => {
  it.for([
    [A, A],
    [A.toUpperCase(), A],
    ["c160f8CC69a4f0bf2b0362752353d060", "c160f8cc69a4f0bf2b0362752353d060"],
    ["F".repeat(64), "f".repeat(64)],
  ])("reads %s", ([text, id], { expect }) => {
    expect(parseId(text)).toBe(id);
    expect(toId(text)).toBe(id);
  });

  it.for([
    ["nothing", ""],
    ["31 digits", "a".repeat(31)],
    ["33 digits", "a".repeat(33)],
    ["39 digits", "a".repeat(39)],
    ["41 digits", "a".repeat(41)],
    ["63 digits", "a".repeat(63)],
    ["65 digits", "a".repeat(65)],
    ["128 digits", "a".repeat(128)],
    ["a letter that is no digit", `${"a".repeat(39)}g`],
    ["a line end behind", `${A}\n`],
    ["a line end before", `\n${A}`],
    ["a second line", `${A}\nx`],
    ["NUL behind", `${A}\0`],
    ["a space", ` ${A}`],
    ["an extension", `${A}.png`],
    ["a folder", `../${A.slice(3)}`],
    ["a slash inside", `${A.slice(0, 20)}/${A.slice(21)}`],
    ["percent escapes", `%66${A.slice(3)}`],
    ["full-width digits", "１".repeat(40)],
    ["Arabic digits", "١".repeat(40)],
    ["a full-width letter", `${"a".repeat(39)}ａ`],
    ["a Cyrillic letter", `${"a".repeat(39)}а`],
    ["a combining accent", `${"a".repeat(39)}\u0301`],
    ["0x before", `0x${"a".repeat(38)}`],
  ])("refuses %s", ([, text], { expect }) => {
    expect(refusalOf(() => parseId(text))).toEqual([400, "invalid_id"]);
    expect(toId(text)).toBeUndefined();
  });
});

describe("algorithmOf()", () => {
  it.for([
    [32, "md5"],
    [40, "sha1"],
    [64, "sha256"],
  ] as const)("of %i digits is %s", ([length, algorithm], { expect }) => {
    expect(algorithmOf(parseId("a".repeat(length)))).toBe(algorithm);
  });
});

describe("verifyEmail()", () => {
  const [, ...ids] = VECTORS[0];

  it.for(ids)("gives all ids of the address where it hashes to %s", async (id, { expect }) => {
    expect(Object.values(await verifyEmail(" Alice@Example.com", parseId(id)))).toEqual(ids);
  });

  it.for(["bob@example.org", "", "alice@example.co", "аlice@example.com"])("refuses %j", async (email, { expect }) => {
    for (const id of ids) {
      const thrown: unknown = await verifyEmail(email, parseId(id)).catch((error) => error);
      expect(thrown).toMatchObject({ status: 422, code: "email_mismatch" });
      if (email) expect(String(thrown)).not.toContain(email);
    }
  });
});

it("DEFAULT_IMAGE_ID is SHA-1 of default", async ({ expect }) => {
  const id: AvatarId = (await idsOfEmail("default")).sha1;
  expect(DEFAULT_IMAGE_ID).toBe(id);
});
