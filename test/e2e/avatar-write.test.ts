import { createScheduledController, env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import { ALICE, adminToken, avatarService, BOB, emptyAvatars, send, storedKeys, tokenOf } from "../support/avatars.ts";
import { decodeResponse, pixelAt } from "../support/decode.ts";
import { BLUE, corners, draw, encode, GREEN, type Pixel, RED, WHITE } from "../support/drawings.ts";
import { TOKENS } from "../support/published-tokens.ts";

const pics = avatarService();
const flat = (colour: Pixel, width = 300, height = width) =>
  encode(
    draw(width, height, () => colour),
    "png",
  );
const A = ALICE.sha1;

beforeEach(emptyAvatars);

describe("POST /{id}", () => {
  it("creates an avatar and tells of it", async () => {
    const response = await send(pics, `/${A}`, await flat(RED));
    const { data, error } = await jsonOf(response);
    expect([response.status, error]).toEqual([201, null]);
    expect(data).toMatchObject({
      hash: A,
      ids: [A],
      rev: expect.stringMatching(/^[0-9a-f]{16}$/),
      type: "jpg",
      best: "medium",
      width: 300,
      height: 300,
      rating: "g",
      name: null,
      alt: null,
      url: `https://pics.test/avatar/${A}`,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.any(String),
    });
    expect(Object.entries(data.sizes).map(([name, { available }]) => [name, available])).toEqual([
      ["small", true],
      ["medium", true],
      ["large", false],
      ["original", false],
    ]);
    expect(data.sizes.small).toEqual({
      href: `/${A}/small`,
      path: `/a/${A}/${data.rev}/128.jpg`,
      url: `https://pics.test/a/${A}/${data.rev}/128.jpg`,
      available: true,
    });
    expect(response.headers.get("location")).toBe(`/a/${A}/${data.rev}/256.jpg`);
    expect(response.headers.get("etag")).toBe(`"${data.rev}-1"`);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("answers 201 for a replacement too, where PUT answers 200", async () => {
    expect((await send(pics, `/${A}`, await flat(RED))).status).toBe(201);
    expect((await send(pics, `/${A}`, await flat(GREEN))).status).toBe(201);
    expect((await send(pics, `/avatar/${A}`, await flat(BLUE))).status).toBe(201);
    const put = (id: string, path: string) => send(pics, `${path}/${id}`, png, { method: "PUT" });
    const png = await flat(WHITE);
    expect([(await put(A, "/api/avatars")).status, (await put(A, "/avatar")).status]).toEqual([200, 200]);
    expect([(await put(BOB.sha1, "/api/avatars")).status, (await put(BOB.md5, "/avatar")).status]).toEqual([201, 201]);
  });

  it("names the best size below medium in Location where it is smaller", async () => {
    const response = await send(pics, `/${A}`, await flat(RED, 100));
    expect(response.headers.get("location")).toMatch(/\/128\.jpg$/);
    expect((await jsonOf(response)).data).toMatchObject({ best: "small", width: 100 });
  });

  it.for([
    ["a raw body", (png: Uint8Array) => ({ body: png, type: "image/png" })],
    ["a raw body of a false type", (png: Uint8Array) => ({ body: png, type: "image/jpeg" })],
    ["a form, field avatar", (png: Uint8Array) => ({ body: form({ avatar: new File([png], "a.png") }) })],
    ["a form, field data", (png: Uint8Array) => ({ body: form({ data: new File([png], "a.png") }) })],
    ["a data URL in a form", (png: Uint8Array) => ({ body: form({ avatar: dataUrl(png) }) })],
    ["a data URL as text", (png: Uint8Array) => ({ body: dataUrl(png), type: "text/plain" })],
    ["JSON", (png: Uint8Array) => ({ body: JSON.stringify({ image: dataUrl(png) }), type: "application/json" })],
  ] as const)("takes %s", async ([, make]) => {
    const { body, type = "" } = make(await flat(GREEN)) as { body: BodyInit; type?: string };
    const headers = { authorization: `Bearer ${await adminToken()}`, ...(type && { "content-type": type }) };
    expect((await pics.fetch(`/${A}`, { method: "POST", body, headers })).status).toBe(201);
    const { image } = await decodeResponse(await pics.fetch(`/avatar/${A}.png?s=9`));
    expect(pixelAt(image, 4, 4)[1]).toBeGreaterThan(250);
  });

  it("keeps rating, name and alt from the form, and what is not said stays as it was", async () => {
    const png = new File([await flat(RED)], "a.png");
    const authorization = `Bearer ${await adminToken()}`;
    const post = (fields: Record<string, string | File>) =>
      pics.fetch(`/${A}`, { method: "POST", body: form(fields), headers: { authorization } });
    const first = await jsonOf(await post({ avatar: png, rating: "PG", name: " Ada  L ", alt: "A face" }));
    expect(first.data).toMatchObject({ rating: "pg", alt: "A face" });
    const second = await jsonOf(await post({ avatar: png }));
    expect(second.data).toMatchObject({
      rating: "pg",
      name: first.data.name,
      alt: "A face",
      createdAt: first.data.createdAt,
    });
  });

  it("finishes although the name, form or type says something else than the bytes", async () => {
    const jpeg = await encode(corners(80, 80), "jpg");
    const headers = { authorization: `Bearer ${await adminToken()}` };
    const body = form({ avatar: new File([jpeg], "../../evil.php", { type: "text/html" }) });
    expect((await pics.fetch(`/${A}`, { method: "POST", body, headers })).status).toBe(201);
    expect(
      (await storedKeys()).every((key) =>
        /^avatars\/[0-9a-f]\/[0-9a-f]{2}\/[0-9a-f]{32}\/[0-9a-f]{16}\/(master|source)\.(jpg|png|gif)$/.test(key),
      ),
    ).toBe(true);
  });
});

describe("the square", () => {
  const wide = () =>
    encode(
      draw(400, 100, (x) => (x < 100 ? RED : x < 300 ? GREEN : BLUE)),
      "png",
    );
  const middle = async (query = "", bytes?: Uint8Array) => {
    const response = await send(pics, `/${A}${query}`, bytes ?? (await wide()));
    if (response.status !== 201) return [response.status, await codeOf(response)];
    const { image } = await decodeResponse(await pics.fetch(`/avatar/${A}.png?s=100`));
    return pixelAt(image, 50, 50);
  };

  it("is the middle, or what the crop says", async () => {
    expect((await middle())[1]).toBeGreaterThan(240);
    expect((await middle("?x=0&y=0&w=100&h=100"))[0]).toBeGreaterThan(240);
    expect((await middle("?crop=300,0,100,100"))[2]).toBeGreaterThan(240);
    expect((await middle("?crop=300,0,100,50"))[2]).toBeGreaterThan(240);
    expect((await middle("?x=0&y=0&w=0&h=0"))[1]).toBeGreaterThan(240);
  });

  it.for([
    ["?x=1&y=1&w=5", 400, "invalid_crop"],
    ["?crop=1,2,3", 400, "invalid_crop"],
    ["?crop=a,b,c,d", 400, "invalid_crop"],
    ["?crop=0,0,0,5", 400, "invalid_crop"],
    ["?crop=-1,0,5,5", 422, "crop_out_of_bounds"],
    ["?crop=301,0,100,100", 422, "crop_out_of_bounds"],
    ["?crop=0,0,100,101", 422, "crop_out_of_bounds"],
  ] as const)("is refused for %s by %i %s", async ([query, status, code]) => {
    expect(await middle(query)).toEqual([status, code]);
  });

  it("is measured on the upright picture", async () => {
    const jpeg = await encode(
      draw(100, 400, (_x, y) => (y < 100 ? RED : y < 300 ? GREEN : BLUE)),
      "jpg",
    );
    const turned = exif(jpeg, 6); // shown 400 wide: blue, green, red
    expect((await middle("?crop=300,0,100,100", turned))[0]).toBeGreaterThan(240);
    expect((await middle("?crop=0,0,100,100", turned))[2]).toBeGreaterThan(240);
    expect(await middle("?crop=0,300,100,100", turned)).toEqual([422, "crop_out_of_bounds"]);
  });

  it("shrinks to 2048 and is never enlarged", async () => {
    const large = await jsonOf(await send(pics, `/${A}`, await flat(RED, 3000, 2500)));
    expect(large.data).toMatchObject({ width: 2048, best: "original" });
    const small = await jsonOf(await send(pics, `/${A}`, await flat(RED, 1, 7)));
    expect(small.data).toMatchObject({ width: 1, best: "small" });
  });
});

describe("what is refused leaves the avatar as it was", () => {
  const LIMITED = avatarService({
    AVATAR_MAX_UPLOAD_BYTES: "20000",
    AVATAR_MAX_SIDE: "500",
    AVATAR_MAX_PIXELS: "200000",
  });
  const text = (body: string) => new TextEncoder().encode(body);
  const cut = async () => (await encode(corners(200, 200), "jpg")).slice(0, 200);

  it.for([
    ["no body", 400, "empty_body", async () => new Uint8Array()],
    ["text", 415, "unsupported_image", async () => text("no picture at all")],
    ["SVG", 415, "unsupported_image", async () => text("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["HTML", 415, "unsupported_image", async () => text("<!doctype html><script>alert(1)</script>")],
    ["BMP", 415, "unsupported_image", async () => encode(corners(20, 20), "bmp")],
    ["PDF", 415, "unsupported_image", async () => text("%PDF-1.7")],
    ["a cut JPEG header", 422, "decode_failed", cut],
    ["too many bytes", 413, "body_too_large", async () => new Uint8Array(20_001)],
    ["too long a side", 422, "image_too_large", async () => flat(RED, 501, 10)],
    ["too many pixels", 422, "image_too_large", async () => flat(RED, 500, 401)],
  ] as const)("%s: %i %s", async ([, status, code, make]) => {
    await send(LIMITED, `/${A}`, await flat(GREEN));
    const before = await state();
    const response = await send(LIMITED, `/${A}`, (await make()) as Uint8Array);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await state()).toEqual(before);
  });

  it("also where the storage fails at any step", async () => {
    await send(pics, `/${A}`, await flat(GREEN));
    const before = await state();
    for (const step of ["put", "batch"]) {
      const failing = avatarService({ ...(step === "put" ? { AVATARS: brokenBucket() } : { DB: brokenDatabase() }) });
      const response = await send(failing, `/${A}`, await flat(RED));
      expect([response.status, await codeOf(response)]).toEqual([503, "storage_unavailable"]);
      expect((await state()).shown).toEqual(before.shown);
    }
  });

  async function state() {
    const shown = [...(await (await pics.fetch(`/avatar/${A}.png?s=30`)).bytes())];
    const { data } = await jsonOf(await pics.fetch(`/api/avatars/${A}`));
    return { shown, data, keys: await storedKeys() };
  }
});

describe("tokens at the routes", () => {
  const post = async (path: string, token: string | undefined, vars = {}) => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const to = avatarService(vars);
    return to.fetch(path, {
      method: "POST",
      body: await flat(RED, 2),
      headers: { "content-type": "image/png", ...headers },
    });
  };

  it.for([
    [1, A, {}, 201, undefined],
    [1, BOB.sha1, {}, 403, "hash_mismatch"],
    [1, A, { JWT_AUDIENCE: "avatars" }, 401, "invalid_token"],
    [2, A, {}, 401, "token_expired"],
    [3, A, {}, 401, "invalid_token"],
    [4, A, {}, 401, "invalid_token"],
    [5, BOB.sha1, {}, 401, "invalid_token"],
    [6, A, {}, 401, "invalid_token"],
    [6, A, { JWT_ALGS: ["HS256", "HS512"] }, 201, undefined],
    [7, A, {}, 401, "token_not_active"],
    [8, A, {}, 401, "invalid_token"],
    [9, A, {}, 201, undefined],
    [10, A, {}, 403, "insufficient_scope"],
    [11, A, {}, 403, "insufficient_scope"],
    [12, A, {}, 201, undefined],
    [12, A, { JWT_AUDIENCE: "avatars" }, 201, undefined],
  ] as const)("published token %i for %s with %j: %i %s", async ([number, id, vars, status, code]) => {
    const response = await post(`/${id}`, TOKENS[number], vars);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it("published token 10 deletes once, published token 11 lists", async () => {
    await send(pics, `/${A}`, await flat(RED, 2));
    const ask = async (method: string, path: string, number: 10 | 11) =>
      (await pics.fetch(path, { method, headers: { authorization: `Bearer ${TOKENS[number]}` } })).status;
    expect(await ask("GET", "/api/avatars", 11)).toBe(200);
    expect([await ask("DELETE", `/${A}`, 10), await ask("DELETE", `/${A}`, 10)]).toEqual([204, 404]);
  });

  it("one avatar's token is good for that avatar alone", async () => {
    const token = await tokenOf({ hash: A });
    expect((await post(`/${A}`, token)).status).toBe(201);
    const other = await post(`/${BOB.sha1}`, token);
    expect([other.status, await codeOf(other)]).toEqual([403, "hash_mismatch"]);
    const list = await pics.fetch("/api/avatars", { headers: { authorization: `Bearer ${token}` } });
    expect([list.status, await codeOf(list)]).toEqual([403, "insufficient_scope"]);
  });

  it("an alias of the same avatar is not enough", async () => {
    await jsonOf(await sendJson(`/${A}`, { image: dataUrl(await flat(RED, 2)), email: "alice@example.com" }));
    const response = await post(`/${ALICE.md5}`, await tokenOf({ hash: A }));
    expect(await codeOf(response)).toBe("hash_mismatch");
  });

  it.for([
    ["none", undefined, 401, "missing_token"],
    ["nonsense", "a.b.c", 401, "invalid_token"],
  ] as const)("%s: %i %s, with WWW-Authenticate", async ([, token, status, code]) => {
    const response = await post(`/${A}`, token);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer error="/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.for([undefined, "", "short"])("no key worth the name (%j) closes every protected route", async (JWT_SECRET) => {
    const signed = await tokenOf({ hash: A }, JWT_SECRET || "x".repeat(16));
    const response = await post(`/${A}`, signed, { JWT_SECRET });
    expect([response.status, await codeOf(response)]).toEqual([503, "auth_not_configured"]);
  });

  it("knows no switch that turns them off", async () => {
    for (const vars of [{ DEBUG: "1" }, { UPLOAD_OPEN: "1", ENABLE_UPLOAD: "1" }, { ENVIRONMENT: "development" }])
      expect((await post(`/${A}`, undefined, vars)).status).toBe(401);
  });

  it("may stand in the URL or the form, unless that is switched off", async () => {
    const token = await tokenOf({ hash: A });
    expect((await post(`/${A}?token=${token}`, undefined)).status).toBe(201);
    const body = () => form({ avatar: new File([png], "a.png"), token });
    const png = await flat(RED, 2);
    expect((await pics.fetch(`/${A}`, { method: "POST", body: body() })).status).toBe(201);
    const strict = avatarService({ JWT_ALLOW_URL: "0" });
    expect((await strict.fetch(`/${A}`, { method: "POST", body: body() })).status).toBe(401);
    expect((await post(`/${A}?token=${token}`, undefined, { JWT_ALLOW_URL: "0" })).status).toBe(401);
  });

  it("for one use are good once, and not used up by what is refused", async () => {
    const token = await tokenOf({ hash: A, jti: crypto.randomUUID(), once: true });
    const headers = { authorization: `Bearer ${token}`, "content-type": "image/png" };
    const use = (body: Uint8Array) => pics.fetch(`/${A}`, { method: "POST", body, headers });
    expect((await use(new TextEncoder().encode("no picture"))).status).toBe(415);
    expect((await use(await flat(RED, 2))).status).toBe(201);
    const again = await use(await flat(GREEN, 2));
    expect([again.status, await codeOf(again)]).toEqual([401, "token_used"]);
  });

  it("bound to bytes take those bytes alone", async () => {
    const png = await flat(RED, 2);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", png)).toHex();
    const token = await tokenOf({ hash: A, bsha256: digest });
    expect((await post(`/${A}`, token)).status).toBe(201);
    const headers = { authorization: `Bearer ${token}`, "content-type": "image/png" };
    const other = await pics.fetch(`/${A}`, { method: "POST", body: await flat(GREEN, 2), headers });
    expect([other.status, await codeOf(other)]).toEqual([403, "body_mismatch"]);
  });

  it("writes too many in a minute are 429", async () => {
    const limiter = { limit: async () => ({ success: false }) };
    const response = await post(`/${A}`, await tokenOf({ hash: A }), { RL_WRITE: limiter });
    expect([response.status, response.headers.get("retry-after"), await codeOf(response)]).toEqual([
      429,
      "60",
      "rate_limited",
    ]);
  });

  it("pictures made too often are 429, pictures that are there never", async () => {
    await post(`/${A}`, await tokenOf({ hash: A }));
    await pics.fetch(`/avatar/${A}?s=77`);
    const limited = avatarService({ RL_GENERATE: { limit: async () => ({ success: false }) } });
    const ask = async (s: number) =>
      (await limited.fetch(`/avatar/${A}?s=${s}`, { headers: { "cf-connecting-ip": "192.0.2.1" } })).status;
    expect([await ask(77), await ask(78)]).toEqual([200, 429]);
  });
});

describe("an e-mail address", () => {
  it("makes all three of its ids find the avatar, and is kept nowhere", async () => {
    const response = await sendJson(`/${A}`, { image: dataUrl(await flat(GREEN)), email: " Alice@Example.com " });
    const { data } = await jsonOf(response);
    expect(new Set(data.ids)).toEqual(new Set(Object.values(ALICE)));
    for (const id of Object.values(ALICE))
      expect((await pics.fetch(`/avatar/${id}`)).headers.get("x-avatar-source")).toBe("upload");
    const dump = JSON.stringify([data, await tables()]);
    expect(dump.toLowerCase()).not.toContain("example.com");
  });

  it("takes ids from other avatars, and leaves none without ids", async () => {
    await send(pics, `/${ALICE.md5}`, await flat(RED));
    await sendJson(`/${A}`, { image: dataUrl(await flat(GREEN)), email: "alice@example.com" });
    const { image } = await decodeResponse(await pics.fetch(`/avatar/${ALICE.md5}.png?s=9`));
    expect(pixelAt(image, 4, 4)[1]).toBeGreaterThan(250);
    expect((await tables()).avatars.filter(({ state }) => state === "live")).toHaveLength(1);
  });

  it("must be the one that the id was made of", async () => {
    const response = await sendJson(`/${A}`, { image: dataUrl(await flat(GREEN)), email: "bob@example.org" });
    expect([response.status, await codeOf(response)]).toEqual([422, "email_mismatch"]);
    expect(JSON.stringify([...response.headers])).not.toContain("bob");
    expect((await pics.fetch(`/${A}`, { method: "HEAD" })).status).toBe(404);
  });
});

describe("preconditions", () => {
  it("hold or nothing is changed", async () => {
    const png = await flat(RED);
    const created = await send(pics, `/${A}`, png, { headers: { "if-none-match": "*" } });
    expect(created.status).toBe(201);
    const { data } = await jsonOf(created);
    const put = async (headers: Record<string, string>) =>
      (await send(pics, `/api/avatars/${A}`, png, { method: "PUT", headers })).status;
    expect(await put({ "if-none-match": "*" })).toBe(412);
    expect(await put({ "if-match": '"0123456789abcdef"' })).toBe(412);
    expect(await put({ "if-match": `"${data.rev}-9"` })).toBe(412);
    expect(await put({ "if-match": `"${data.rev}-1"` })).toBe(200);
    expect(await put({ "if-match": `"${data.rev}"` })).toBe(200);
    expect(await put({ "if-match": "*" })).toBe(200);
    const remove = async (tag: string) => (await call("DELETE", `/${A}`, undefined, { "if-match": tag })).status;
    expect([await remove('"0123456789abcdef"'), await remove(`"${data.rev}"`)]).toEqual([412, 204]);
    expect(await put({ "if-match": "*" })).toBe(412);
  });
});

describe("DELETE", () => {
  it.for([`/${A}`, `/avatar/${A}`, `/api/avatars/${A}`])(
    "%s hides the avatar and removes every object",
    async (path) => {
      await send(pics, `/${A}`, await flat(RED));
      expect((await storedKeys()).length).toBeGreaterThan(0);
      expect((await call("DELETE", path)).status).toBe(204);
      expect((await pics.fetch(`/${A}`, { method: "HEAD" })).status).toBe(404);
      expect((await pics.fetch(`/avatar/${A}?d=404`)).status).toBe(404);
      expect(await storedKeys()).toEqual([]);
      const again = await call("DELETE", path);
      expect([again.status, await codeOf(again)]).toEqual([404, "not_found"]);
      expect((await tables()).avatars).toEqual([]);
    },
  );

  it("is 504 where objects are left, hides the avatar all the same, and the cron removes the rest", async () => {
    await send(pics, `/${A}`, await flat(RED));
    const failing = avatarService({ AVATARS: brokenBucket() });
    const authorization = `Bearer ${await adminToken()}`;
    const response = await failing.fetch(`/${A}`, { method: "DELETE", headers: { authorization } });
    expect([response.status, await codeOf(response)]).toEqual([504, "delete_incomplete"]);
    expect((await pics.fetch(`/${A}`, { method: "HEAD" })).status).toBe(404);
    expect((await storedKeys()).length).toBeGreaterThan(0);
    await env.DB.prepare("UPDATE gc_queue SET not_before = 0").run();
    await worker.scheduled(createScheduledController(), pics.env);
    expect([await storedKeys(), (await tables()).avatars]).toEqual([[], []]);
  });

  it("needs its own scope", async () => {
    await send(pics, `/${A}`, await flat(RED));
    const remove = async (scope: string) =>
      (
        await pics.fetch(`/${A}`, {
          method: "DELETE",
          headers: { authorization: `Bearer ${await tokenOf({ hash: A, scope })}` },
        })
      ).status;
    expect([await remove("avatar:write"), await remove("avatar:delete")]).toEqual([403, 204]);
  });
});

describe("PATCH /api/avatars/{id}", () => {
  const patch = (changes: unknown, to = pics) => call("PATCH", `/api/avatars/${A}`, changes, {}, to);

  it("changes what is said of an avatar, and not its picture", async () => {
    const before = await jsonOf(await send(pics, `/${A}`, await flat(RED)));
    const after = await jsonOf(await patch({ rating: "x", name: "Ada", alt: null }));
    expect(after.data).toMatchObject({ rev: before.data.rev, rating: "x", name: "Ada", alt: null });
    expect((await jsonOf(await patch({ name: null }))).data).toMatchObject({ name: null, rating: "x" });
  });

  it("cuts another part out of the kept source", async () => {
    await send(
      pics,
      `/${A}`,
      await encode(
        draw(400, 100, (x) => (x < 100 ? RED : x < 300 ? GREEN : BLUE)),
        "png",
      ),
    );
    const colour = async () =>
      pixelAt((await decodeResponse(await pics.fetch(`/avatar/${A}.png?s=9`))).image, 4, 4).map((level) => level > 128);
    expect(await colour()).toEqual([false, true, false, true]);
    expect((await patch({ crop: { x: 0, y: 0, w: 100, h: 100 } })).status).toBe(200);
    expect(await colour()).toEqual([true, false, false, true]);
    expect((await patch({ crop: "300,0,100,100" })).status).toBe(200);
    expect(await colour()).toEqual([false, false, true, true]);
    expect((await patch({ crop: null })).status).toBe(200);
    expect(await codeOf(await patch({ crop: { x: 0, y: 0, w: 401, h: 100 } }))).toBe("crop_out_of_bounds");
  });

  it("cannot cut where no source is kept", async () => {
    const bare = avatarService({ KEEP_SOURCE: "0" });
    await send(bare, `/${A}`, await flat(RED));
    expect((await storedKeys()).filter((key) => key.includes("source"))).toEqual([]);
    expect((await patch({ crop: { x: 0, y: 0, w: 10, h: 10 } }, bare)).status).toBe(403);
  });

  it.for([
    [{ rating: "z" }, 400, "invalid_rating"],
    [{ crop: { x: 1 } }, 400, "invalid_crop"],
    ["{", 400, "invalid_json"],
  ] as const)("refuses %j by %i %s", async ([changes, status, code]) => {
    await send(pics, `/${A}`, await flat(RED));
    const response = await patch(changes);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it("is 404 for an id without an avatar", async () => {
    expect((await patch({ name: "x" })).status).toBe(404);
  });
});

describe("POST /api/avatars/{id}/ids", () => {
  const link = (ids: unknown, token?: string) =>
    call("POST", `/api/avatars/${A}/ids`, { ids }, token ? { authorization: `Bearer ${token}` } : {});

  it("lets further ids find the avatar, unless they have another", async () => {
    await send(pics, `/${A}`, await flat(RED));
    await send(pics, `/${BOB.sha1}`, await flat(GREEN));
    expect((await link([ALICE.md5, ALICE.sha256])).status).toBe(200);
    expect((await pics.fetch(`/${ALICE.md5}`, { method: "HEAD" })).status).toBe(204);
    const taken = await link([BOB.sha1]);
    expect([taken.status, await codeOf(taken)]).toEqual([409, "id_in_use"]);
    expect(await codeOf(await link(["junk"]))).toBe("invalid_id");
    expect(await codeOf(await link("x"))).toBe("invalid_json");
    expect(await codeOf(await link([ALICE.md5], await tokenOf({ hash: A })))).toBe("hash_mismatch");
  });
});

describe("GET /api/avatars", () => {
  interface Page {
    readonly data: readonly { readonly ids: readonly string[] }[];
    readonly next_cursor: string | null;
  }
  const list = async (query: string) => {
    const headers = { authorization: `Bearer ${await tokenOf({ scope: "avatar:list" })}` };
    return pics.fetch(`/api/avatars${query}`, { headers });
  };

  it("gives the newest change first, in pages", async () => {
    const ids = [A, ALICE.md5, BOB.md5, BOB.sha1, BOB.sha256];
    for (const id of ids) await send(pics, `/${id}`, await flat(RED, 2));
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Page = await (await list(`?limit=2${cursor && `&cursor=${cursor}`}`)).json();
      seen.push(...page.data.flatMap((avatar) => avatar.ids));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(ids.toReversed());
    const { data } = (await (await list("?since=2100-01-01T00:00:00Z")).json()) as Page;
    expect(data).toEqual([]);
  });

  it.for([
    ["?limit=0", "invalid_parameter"],
    ["?limit=201", "invalid_parameter"],
    ["?cursor=junk", "invalid_cursor"],
    ["?since=yesterday", "invalid_parameter"],
  ] as const)("refuses %s with 400 %s", async ([query, code]) => {
    const response = await list(query);
    expect([response.status, await codeOf(response)]).toEqual([400, code]);
  });
});

describe("animations", () => {
  const gif = async (last = 0x0000ffff) => {
    const { toPicture, paint } = await import("../support/frames.ts");
    const { ENCODERS } = await import("../../src/codec/codecs.ts");
    const frames = [0xff0000ff, 0x00ff00ff, last].map((colour) => paint(60, 40, () => colour));
    return ENCODERS.gif.encode(toPicture(frames), { quality: 80 });
  };

  it("keep their frames as GIF, and show the first one as anything else", async () => {
    const { data } = await jsonOf(await send(pics, `/${A}`, await gif()));
    expect(data).toMatchObject({ width: 40, type: "jpg" });
    const moving = await decodeResponse(await pics.fetch(`/avatar/${A}.gif?s=20`));
    expect([moving.header.format, moving.header.width, moving.header.height, moving.frames.length]).toEqual([
      "gif",
      20,
      20,
      3,
    ]);
    expect(moving.frames.map(({ image }) => pixelAt(image, 9, 9).slice(0, 3))).toEqual([RED, GREEN, BLUE]);
    const still = await decodeResponse(await pics.fetch(`/avatar/${A}?s=20`));
    expect([still.header.format, pixelAt(still.image, 9, 9)[0] > 240]).toEqual(["jpg", true]);
    expect((await pics.fetch(`/a/${A}/${data.rev}/20.gif`)).headers.get("content-type")).toBe("image/gif");
  });

  it("that begin alike are two revisions", async () => {
    const last = async () => (await decodeResponse(await pics.fetch(`/avatar/${A}.gif?s=20`))).frames[2].image;
    const one = await jsonOf(await send(pics, `/${A}`, await gif()));
    expect(pixelAt(await last(), 9, 9).slice(0, 3)).toEqual(BLUE);
    const other = await jsonOf(await send(pics, `/${A}`, await gif(0xffffffff)));
    expect(other.data.rev).not.toBe(one.data.rev);
    expect(pixelAt(await last(), 9, 9).slice(0, 3)).toEqual(WHITE);
  });
});

interface Described {
  readonly rev: string;
  readonly ids: readonly string[];
  readonly name: string | null;
  readonly createdAt: string;
  readonly sizes: Readonly<Record<string, { readonly available: boolean }>>;
}

const jsonOf = async (response: Response) => (await response.json()) as { data: Described; error: null };
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;
const dataUrl = (bytes: Uint8Array): string => `data:image/png;base64,${bytes.toBase64()}`;
const sendJson = (path: string, body: unknown) =>
  send(pics, path, JSON.stringify(body), { headers: { "content-type": "application/json" } });

function form(fields: Readonly<Record<string, string | File>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, to = pics) {
  const authorization = `Bearer ${await adminToken()}`;
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  return to.fetch(path, {
    method,
    headers: { authorization, "content-type": "application/json", ...headers },
    ...sent,
  });
}

async function tables() {
  const names = ["avatars", "avatar_ids", "avatar_revisions"] as const;
  const rows = await Promise.all(names.map((name) => env.DB.prepare(`SELECT * FROM ${name}`).all()));
  return Object.fromEntries(names.map((name, index) => [name, rows[index].results])) as Record<
    (typeof names)[number],
    Record<string, unknown>[]
  >;
}

const fail = async (): Promise<never> => {
  throw new Error("broken for the test");
};
const brokenBucket = () => ({ ...bound(env.AVATARS), put: fail, delete: fail });
const bound = ({ get, head, list }: R2Bucket) => ({
  get: get.bind(env.AVATARS),
  head: head.bind(env.AVATARS),
  list: list.bind(env.AVATARS),
});
/** Reads, and refuses to write. */
const brokenDatabase = () => ({
  prepare: (text: string) => env.DB.prepare(text),
  batch: (statements: D1PreparedStatement[]) => (statements.length > 1 ? fail() : env.DB.batch(statements)),
});

/** `jpeg` with an EXIF segment that says nothing but its orientation. */
function exif(jpeg: Uint8Array, orientation: number): Uint8Array {
  const segment = [
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  ];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2)]);
}
