import gravatarUrl from "gravatar-url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ALICE, avatarService, BOB, emptyAvatars, send } from "../support/avatars.ts";
import { decodeResponse, pixelAt } from "../support/decode.ts";
import { draw, encode, GREEN, type Pixel, RED } from "../support/drawings.ts";

const pics = avatarService();
const flat = (colour: Pixel) =>
  encode(
    draw(200, 200, () => colour),
    "png",
  );

beforeEach(emptyAvatars);
afterEach(() => vi.restoreAllMocks());

describe("a client of Gravatar whose host was changed", () => {
  const ask = (email: string, options: Parameters<typeof gravatarUrl>[1]) => {
    const { pathname, search } = new URL(gravatarUrl(email, options));
    return pics.fetch(`${pathname}${search}`);
  };

  it("shows the right picture at the right size", async () => {
    await send(pics, `/${ALICE.md5}`, await flat(GREEN));
    const response = await ask(" Alice@Example.com ", { size: 123, default: "retro", rating: "pg" });
    const { header, image } = await decodeResponse(response);
    expect([header.width, header.height, response.headers.get("x-avatar-source")]).toEqual([123, 123, "upload"]);
    expect(pixelAt(image, 60, 60)[1]).toBeGreaterThan(250);
  });

  it.for(["404", "mp", "identicon", "monsterid", "wavatar", "retro", "robohash", "blank"] as const)(
    "gets default=%s",
    async (word) => {
      const response = await ask("bob@example.org", { size: 40, default: word });
      expect(response.status).toBe(word === "404" ? 404 : 200);
      if (word !== "404") expect((await decodeResponse(response)).header.width).toBe(40);
    },
  );
});

describe("a client of Libravatar", () => {
  it("finds one avatar by MD5 and by SHA-256", async () => {
    const image = `data:image/png;base64,${(await flat(RED)).toBase64()}`;
    const body = JSON.stringify({ image, email: "alice@example.com" });
    await send(pics, `/${ALICE.sha256}`, body, { headers: { "content-type": "application/json" } });
    const [one, other] = await Promise.all(
      [ALICE.md5, ALICE.sha256].map(async (id) => (await pics.fetch(`/avatar/${id}?size=96&default=mm`)).bytes()),
    );
    expect(one).toEqual(other);
  });
});

describe("UPSTREAMS", () => {
  /** What the other services answer, by the start of the address. */
  function upstreams(answers: Readonly<Record<string, () => Response>>): string[] {
    const asked: string[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push(url);
      const [, answer] = Object.entries(answers).find(([start]) => url.startsWith(start)) ?? [];
      return answer?.() ?? new Response("no", { status: 404 });
    });
    return asked;
  }

  it("are not asked unless they are configured", async () => {
    const asked = upstreams({});
    expect((await pics.fetch(`/avatar/${BOB.md5}?d=404`)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it("are asked in their order, by the id alone, and what they have is shown like an upload", async () => {
    const png = await flat(GREEN);
    const asked = upstreams({ "https://seccdn.libravatar.org/": () => new Response(png) });
    const both = avatarService({ UPSTREAMS: "gravatar,libravatar" });
    const headers = { referer: "https://secret.example/", cookie: "a=b", "cf-connecting-ip": "192.0.2.1" };
    const response = await both.fetch(`/avatar/${BOB.md5}?s=50&d=404`, { headers });
    expect([response.status, response.headers.get("x-avatar-source")]).toEqual([200, "upstream"]);
    expect((await decodeResponse(response)).header).toMatchObject({ width: 50, height: 50, format: "jpg" });
    expect(asked).toEqual([
      `https://gravatar.com/avatar/${BOB.md5}?d=404&s=512&r=g`,
      `https://seccdn.libravatar.org/avatar/${BOB.md5}?d=404&s=512`,
    ]);
    await both.fetch(`/avatar/${BOB.md5}?s=60&d=404`);
    expect(asked).toHaveLength(2);
  });

  it.for([
    ["that fails", () => new Response("x", { status: 500 })],
    ["that sends no picture", () => new Response("<html>")],
  ] as const)("one %s counts as none", async ([, answer]) => {
    upstreams({ "https://gravatar.com/": answer });
    const id = crypto.randomUUID().replaceAll("-", "");
    const one = avatarService({ UPSTREAMS: "gravatar" });
    expect((await one.fetch(`/avatar/${id}?d=retro`)).headers.get("x-avatar-source")).toBe("default");
  });

  it("are never asked for a SHA-1, a forced default, or an avatar that is here", async () => {
    await send(pics, `/${ALICE.md5}`, await flat(RED));
    const asked = upstreams({});
    const one = avatarService({ UPSTREAMS: "gravatar" });
    for (const path of [`/avatar/${BOB.sha1}`, `/avatar/${BOB.md5}?f=y`, `/avatar/${ALICE.md5}`, "/avatar/junk"])
      await one.fetch(path);
    expect(asked).toEqual([]);
  });
});
