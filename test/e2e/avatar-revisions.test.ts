import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ALICE, adminToken, avatarService, BOB, emptyAvatars, send, storedKeys, tokenOf } from "../support/avatars.ts";
import { decodeResponse } from "../support/decode.ts";
import { draw, encode, GREEN, type Pixel, RED } from "../support/drawings.ts";
import type { Service } from "../support/service.ts";

const pics = avatarService();
const A = ALICE.sha1;
const flat = (colour: Pixel, side: number, format: "png" | "jpg" = "png") =>
  encode(
    draw(side, side, () => colour),
    format,
  );

beforeEach(emptyAvatars);

describe("PATCH /api/avatars/{id} with rev", () => {
  it("shows the picture again that an upload replaced, byte for byte and at every size", async () => {
    const first = await uploadOf(await flat(RED, 300));
    const before = await seen();
    await uploadOf(await flat(GREEN, 1200));
    expect(await seen()).not.toEqual(before);
    const undone = await patch({ rev: first.rev });
    expect([undone.status, await seen()]).toEqual([200, before]);
    expect((await jsonOf<Described>(undone)).data).toMatchObject({ rev: first.rev, width: 300, best: "medium" });
  });

  it("can itself be undone", async () => {
    const first = await uploadOf(await flat(RED, 300));
    const second = await uploadOf(await flat(GREEN, 1200));
    for (const { rev, width } of [first, second, first, second])
      expect((await jsonOf<Described>(await patch({ rev }))).data).toMatchObject({ rev, width });
    expect(await storedKeys()).toHaveLength(4);
  });

  it("shows a crop again that another one replaced", async () => {
    const first = await uploadOf(await flat(RED, 300));
    const cut = (await jsonOf<Described>(await patch({ crop: "0,0,100,100" }))).data;
    expect(cut.rev).not.toBe(first.rev);
    expect((await jsonOf<Described>(await patch({ rev: first.rev }))).data).toMatchObject({ width: 300 });
    expect((await jsonOf<Described>(await patch({ rev: cut.rev }))).data).toMatchObject({ width: 100 });
  });

  it("leaves what is said of the avatar as it is, and no client with the wrong picture", async () => {
    const { rev } = await uploadOf(await flat(RED, 300));
    await patch({ alt: "red" });
    await uploadOf(await flat(GREEN, 300));
    const shown = await pics.fetch(`/avatar/${A}`);
    await new Promise((later) => setTimeout(later, 1_000));
    expect((await jsonOf<Described>(await patch({ rev }))).data).toMatchObject({ alt: "red" });
    const since = { headers: { "if-modified-since": shown.headers.get("last-modified") ?? "" } };
    expect((await pics.fetch(`/avatar/${A}`, since)).status).toBe(200);
  });

  it("is refused where the avatar is not in the state that was expected", async () => {
    const { rev } = await uploadOf(await flat(RED, 300));
    const second = await uploadOf(await flat(GREEN, 300));
    expect(await codeOf(await patch({ rev }, { "if-match": `"${rev}-1"` }))).toBe("precondition_failed");
    expect((await patch({ rev }, { "if-match": `"${second.rev}-2"` })).status).toBe(200);
  });

  it.for([
    [{ rev: "0123456789abcdef" }, 409, "revision_not_kept"],
    [{ rev: "junk" }, 400, "invalid_parameter"],
    [{ rev: 1 }, 400, "invalid_parameter"],
    [{ rev: null }, 400, "invalid_parameter"],
    [{ rev: "0123456789abcdef", crop: "0,0,10,10" }, 400, "invalid_parameter"],
    [{ rev: "0123456789abcdef", crop: null }, 400, "invalid_parameter"],
  ] as const)("refuses %j by %i %s", async ([changes, status, code]) => {
    await uploadOf(await flat(RED, 30));
    const response = await patch(changes);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it("does not know a revision that is kept no longer, nor one whose file has gone", async () => {
    const first = await uploadOf(await flat(RED, 30));
    const second = await uploadOf(await flat(GREEN, 30));
    await uploadOf(await flat(RED, 31));
    expect(await codeOf(await patch({ rev: first.rev }))).toBe("revision_not_kept");
    for (const key of await storedKeys()) if (key.includes(second.rev)) await env.AVATARS.delete(key);
    expect(await codeOf(await patch({ rev: second.rev }))).toBe("revision_not_kept");
  });
});

describe("GET /api/avatars/{id}/revisions", () => {
  it("gives the present picture, then what can be shown again, with what each was cut from", async () => {
    const first = await uploadOf(await flat(RED, 300));
    const second = await uploadOf(await flat([0, 255, 0, 128], 200));
    const response = await get("revisions");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("etag")).toBe(`"${second.rev}-2"`);
    const { data } = await jsonOf<readonly Record<string, unknown>[]>(response);
    const side = (px: number) => ({
      crop: { x: 0, y: 0, w: px, h: px },
      source: { width: px, height: px, kept: true },
    });
    expect(data).toMatchObject([
      { rev: second.rev, url: `https://pics.test/a/${A}/${second.rev}/256.png`, ...side(200) },
      { rev: first.rev, url: `https://pics.test/a/${A}/${first.rev}/256.jpg`, ...side(300) },
    ]);
    for (const { url } of data) expect((await pics.fetch(String(url))).status).toBe(200);
  });

  it("says where no source is kept", async () => {
    const bare = avatarService({ KEEP_SOURCE: "0" });
    await send(bare, `/${A}`, await flat(RED, 30));
    expect((await jsonOf<unknown>(await get("revisions"))).data).toMatchObject([{ source: { kept: false } }]);
    expect(await codeOf(await get("source"))).toBe("not_found");
  });
});

describe("GET /api/avatars/{id}/source", () => {
  it("gives the whole picture that the present one was cut from", async () => {
    const png = await encode(
      draw(120, 40, (x) => (x < 60 ? [...RED.slice(0, 3), 100] : GREEN) as Pixel),
      "png",
    );
    await send(pics, `/${A}?crop=0,0,40,40`, png);
    const response = await get("source");
    expect([response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([
      "image/png",
      "private, no-store",
    ]);
    expect((await decodeResponse(response)).header).toMatchObject({ width: 120, height: 40 });
  });
});

describe.for(["revisions", "source"])("GET /api/avatars/{id}/%s", (what) => {
  beforeEach(async () => void (await uploadOf(await flat(RED, 30))));

  it.for([
    ["no token", () => Promise.resolve(null), 401, "missing_token"],
    ["a token of another avatar", () => tokenOf({ hash: BOB.sha1 }), 403, "hash_mismatch"],
    ["a token that may only delete", () => tokenOf({ hash: A, scope: "avatar:delete" }), 403, "insufficient_scope"],
  ] as const)("is closed to %s", async ([, token, status, code]) => {
    const response = await get(what, { token: await token() });
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("is 404 for an id without an avatar, and 400 for what is no id", async () => {
    const ask = async (id: string) => {
      const headers = { authorization: `Bearer ${await adminToken()}` };
      return codeOf(await pics.fetch(`/api/avatars/${id}/${what}`, { headers }));
    };
    expect([await ask(BOB.sha1), await ask("junk")]).toEqual(["not_found", "invalid_id"]);
  });

  it("is no write: their rate does not count it", async () => {
    const limited = avatarService({ RL_WRITE: { limit: async () => ({ success: false }) } });
    expect((await get(what, { from: limited })).status).toBe(200);
  });
});

interface Described {
  readonly rev: string;
  readonly width: number;
}

async function uploadOf(picture: Uint8Array): Promise<Described> {
  return (await jsonOf<Described>(await send(pics, `/${A}`, picture))).data;
}

const jsonOf = async <T>(response: Response) => (await response.json()) as { readonly data: T };
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;

async function patch(changes: unknown, more: Readonly<Record<string, string>> = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${await adminToken()}`, "content-type": "application/json", ...more };
  return pics.fetch(`/api/avatars/${A}`, { method: "PATCH", body: JSON.stringify(changes), headers });
}

/** By a token that is good for everything, unless another one or none is given. */
async function get(
  what: string,
  { token, from = pics }: { readonly token?: string | null; readonly from?: Service } = {},
): Promise<Response> {
  const sent = token === undefined ? await adminToken() : token;
  return from.fetch(`/api/avatars/${A}/${what}`, sent === null ? {} : { headers: { authorization: `Bearer ${sent}` } });
}

/** Everything that anybody sees of the avatar's picture. */
async function seen() {
  const bytes = async (path: string) => (await (await pics.fetch(path)).bytes()).toBase64();
  return Promise.all([`/avatar/${A}?s=200`, `/avatar/${A}.png?s=33`, `/avatar/${A}.jpg?s=512`].map(bytes));
}
