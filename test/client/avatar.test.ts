import { beforeAll, expect, it } from "vitest";
import { avatarId, edgefit } from "../../client/index.ts";
import { idsOfEmail } from "../../src/avatar/identity.ts";
import { readParameters } from "../../src/avatar/parameters.ts";
import { ALICE, avatarService, emptyAvatars } from "../support/avatars.ts";
import { decode } from "../support/decode.ts";

const pics = edgefit({ base: "https://pics.test/" });
const worker = avatarService();

beforeAll(emptyAvatars);

it.for(["alice@example.com", " Alice@Example.COM\n", "José@example.com", "Jose\u0301@EXAMPLE.com"])(
  "avatarId() of %j is the Worker's",
  async (email) => expect(await avatarId(email)).toBe((await idsOfEmail(email)).sha256),
);

it.for(Object.values(ALICE))("avatarId() leaves %s alone", async (id) => {
  expect(await avatarId(id.toUpperCase())).toBe(id);
});

it("avatar() says all that the Worker reads", async () => {
  const url = await pics.avatar("alice@example.com", {
    ...{ size: 200, default: ["initials", "retro"], forceDefault: true, rating: "pg", name: "Ada & Bob", length: 3 },
    ...{ uppercase: false, initials: "ab", bg: "ff0000", fg: "00f", radius: 50, format: "webp", quality: 70 },
  });
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe(`/avatar/${ALICE.sha256}`);
  expect(readParameters(searchParams, undefined)).toMatchObject({
    ...{
      px: 200,
      fallbacks: ["initials", "retro"],
      force: true,
      rating: "pg",
      radius: 50,
      format: "webp",
      quality: 70,
    },
    initials: { letters: "ab", name: "Ada & Bob", length: 3, uppercase: false },
  });
  expect([...searchParams].filter(([name]) => ["bg", "fg"].includes(name))).toHaveLength(2);
});

it("avatar() is answered with a picture", async () => {
  expect(await pics.avatar(ALICE.md5)).toBe(`https://pics.test/avatar/${ALICE.md5}`);
  const response = await worker.fetch(
    await pics.avatar("bob@example.org", { size: 64, default: "identicon", format: "png" }),
  );
  const { header } = await decode(await response.bytes());
  expect([header.format, header.width]).toEqual(["png", 64]);
});
