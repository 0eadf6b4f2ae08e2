import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ALICE, avatarService, BOB, emptyAvatars, SITE, send } from "../support/avatars.ts";
import { decodeResponse } from "../support/decode.ts";
import { corners, encode } from "../support/drawings.ts";
import { service } from "../support/service.ts";

const pics = avatarService();
const A = ALICE.sha1;
const picture = (side: number, format: "png" | "jpg" = "png") => encode(corners(side, side), format);

const goto = async (path: string, to = pics) => {
  const response = await to.fetch(path, { redirect: "manual" });
  return [response.status, response.headers.get("location")] as const;
};

beforeEach(emptyAvatars);

describe("GET /", () => {
  it("tells the endpoints under the names of the seed", async () => {
    const document = (await (await pics.fetch("/")).json()) as Record<string, Record<string, object>>;
    expect(Object.keys(document.links)).toEqual(["avatar.exists", "avatar.read", "avatar.write", "avatar.delete"]);
    for (const link of Object.values(document.links))
      expect(Object.keys(link).sort()).toEqual(["href", "method", "type"]);
    expect(Object.keys(document.meta.parameters)).toEqual([":hash", ":backup", ":size"]);
  });
});

describe("GET /{id}", () => {
  it("redirects to a picture that never changes, with an HTTP date", async () => {
    await send(pics, `/${A}`, await picture(300));
    const response = await pics.fetch(`/${A.toUpperCase()}`, { redirect: "manual" });
    const location = response.headers.get("location") ?? "";
    expect([response.status, location]).toEqual([
      302,
      expect.stringMatching(new RegExp(`^/a/${A}/[0-9a-f]{16}/256\\.jpg$`)),
    ]);
    expect(response.headers.get("last-modified")).toMatch(
      /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
    );
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect((await decodeResponse(await pics.fetch(location))).header.width).toBe(256);
  });

  it.for([
    [300, "", 256],
    [300, "/small", 128],
    [300, "/large", 256],
    [300, "/129", 256],
    [300, "/nonsense", 256],
    [600, "/large", 512],
    [600, "/original", 512],
    [100, "", 128],
    [100, "/original", 128],
    [1100, "/5000", 1024],
  ] as const)("of %i pixels with %s gives %i", async ([side, size, px]) => {
    await send(pics, `/${A}`, await picture(side));
    expect((await goto(`/${A}${size}`))[1]).toMatch(new RegExp(`/${px}\\.jpg$`));
  });

  it("falls to the backup, then to the site's avatar, then to what is configured", async () => {
    const path = `/${A}/${BOB.md5}/small`;
    expect(await goto(path)).toEqual([302, `/avatar/${A}?d=mp&f=y&s=128`]);
    expect(await goto(`/${A}/large`)).toEqual([302, `/avatar/${A}?d=mp&f=y&s=512`]);
    await send(pics, `/${SITE}`, await picture(200));
    expect((await goto(path))[1]).toMatch(new RegExp(`^/a/${SITE}/`));
    await send(pics, `/${BOB.md5}`, await picture(300));
    expect((await goto(path))[1]).toMatch(new RegExp(`^/a/${BOB.md5}/[0-9a-f]{16}/128\\.jpg$`));
    expect((await goto(`/${A}/${BOB.md5}`))[1]).toMatch(/\/256\.jpg$/);
    await send(pics, `/${A}`, await picture(300));
    expect((await goto(path))[1]).toMatch(new RegExp(`^/a/${A}/`));
  });

  it("shows the same default by the redirect as by itself", async () => {
    const [, location] = await goto(`/${A}/small`);
    const response = await pics.fetch(location ?? "");
    expect([response.status, response.headers.get("x-avatar-source")]).toEqual([200, "default"]);
  });

  it("is 404 only where no default is configured", async () => {
    expect(await goto(`/${A}`, avatarService({ DEFAULT_AVATAR: "404" }))).toEqual([404, null]);
    expect(await goto(`/${A}/small/small`)).toEqual([404, null]);
  });

  it("is absolute below PUBLIC_BASE_URL", async () => {
    const based = avatarService({ PUBLIC_BASE_URL: "https://cdn.test/base" });
    const posted = await send(based, `/${A}`, await picture(300));
    expect(posted.headers.get("location")).toMatch(/^https:\/\/cdn\.test\/base\/a\//);
    expect((await goto(`/${A}`, based))[1]).toMatch(/^https:\/\/cdn\.test\/base\/a\//);
    expect((await goto(`/${BOB.md5}`, based))[1]).toMatch(/^https:\/\/cdn\.test\/base\/avatar\//);
  });
});

describe("HEAD /{id}", () => {
  it("is 204 where that id has an avatar, else 404, whatever the defaults", async () => {
    const exists = async (id: string) => (await pics.fetch(`/${id}`, { method: "HEAD" })).status;
    await send(pics, `/${SITE}`, await picture(10));
    await send(pics, `/${A}`, await picture(10));
    expect([await exists(A), await exists(ALICE.md5), await exists(BOB.sha256)]).toEqual([204, 404, 404]);
  });
});

describe("an avatar without sizes in its row", () => {
  it("is read as any other", async () => {
    await send(pics, `/${A}`, await picture(300));
    await env.DB.prepare("UPDATE avatars SET sizes = '[]'").run();
    expect((await goto(`/${A}/large`))[1]).toMatch(/\/256\.jpg$/);
    for (const path of [`/avatar/${A}`, `/api/avatars/${A}`, `/${A}.json`])
      expect([path, (await pics.fetch(path)).status]).toEqual([path, 200]);
  });
});

describe("GET /{id}.json and /v3/profiles/{sha256}", () => {
  it("tell of an avatar as Gravatar does", async () => {
    await send(pics, `/${ALICE.sha256}?name=Ada&alt=A+face`, await picture(10));
    expect(await (await pics.fetch(`/${ALICE.sha256}.json`)).json()).toEqual({
      entry: [
        {
          hash: ALICE.sha256,
          requestHash: ALICE.sha256,
          thumbnailUrl: `https://pics.test/avatar/${ALICE.sha256}`,
          photos: [{ value: `https://pics.test/avatar/${ALICE.sha256}`, type: "thumbnail" }],
          displayName: "Ada",
        },
      ],
    });
    expect(await (await pics.fetch(`/v3/profiles/${ALICE.sha256}`)).json()).toEqual({
      hash: ALICE.sha256,
      display_name: "Ada",
      avatar_url: `https://pics.test/avatar/${ALICE.sha256}`,
      avatar_alt_text: "A face",
    });
    const absent = await pics.fetch(`/${BOB.sha256}.json`);
    expect([absent.status, await absent.json()]).toEqual([404, "User not found"]);
    expect((await pics.fetch(`/v3/profiles/${BOB.sha256}`)).status).toBe(404);
  });
});

describe("GET /api/avatars/{id}", () => {
  it("has an ETag of its own, and answers 304", async () => {
    await send(pics, `/${A}`, await picture(10));
    const path = `/api/avatars/${A}`;
    const { headers } = await pics.fetch(path);
    expect(headers.get("cache-control")).toBe("public, max-age=60");
    expect(headers.get("etag")).toMatch(/^"[0-9a-f]{16}-1"$/);
    const same = await pics.fetch(path, { headers: { "if-none-match": headers.get("etag") ?? "" } });
    expect(same.status).toBe(304);
    expect((await pics.fetch(`/api/avatars/${BOB.md5}`)).status).toBe(404);
    expect((await pics.fetch("/api/avatars/junk")).status).toBe(404);
  });
});

describe("methods and pages of other sites", () => {
  it.for([
    [`/${A}`, "HEAD, GET, POST, DELETE, OPTIONS"],
    [`/avatar/${A}`, "GET, HEAD, POST, PUT, DELETE, OPTIONS"],
    [`/api/avatars/${A}`, "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"],
    [`/a/${A}/0123456789abcdef/9.png`, "GET, HEAD, OPTIONS"],
  ] as const)("OPTIONS %s allows %s", async ([path, allow]) => {
    const headers = { origin: "https://app.example", "access-control-request-method": "POST" };
    const response = await pics.fetch(path, { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(new Set(response.headers.get("allow")?.split(", "))).toEqual(new Set(allow.split(", ")));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": "Authorization, Content-Type, Cache-Control, If-Match, If-None-Match",
      "access-control-max-age": "86400",
    });
  });

  it.for([
    ["PUT", `/${A}`],
    ["PATCH", `/avatar/${A}`],
    ["POST", `/a/${A}/0123456789abcdef/9.png`],
    ["POST", "/api/styles"],
  ] as const)("%s %s is 405 with Allow", async ([method, path]) => {
    const response = await pics.fetch(path, { method, body: "x" });
    expect([response.status, response.headers.get("allow") !== null]).toEqual([405, true]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("the image half keeps its own pages", async () => {
    const other = avatarService({ ALLOWED_ORIGINS: ["https://a.example"], ALLOWED_METHODS: ["GET"] });
    const image = await other.fetch("/display?path=absent.png&op=noop", { headers: { origin: "https://b.example" } });
    expect(image.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the image half", () => {
  const writer = { UPLOAD_SECRET: "correct-horse", ENABLE_DELETE: "1" };
  const authorization = { authorization: "Bearer correct-horse" };
  const names = ["a/b.png", `${A}x.png`, `avatar/${A}.png`, "avatar/me.png", `deep/${A}`, `${A}/x.png`];

  it.for(names)("deletes %s as before", async (name) => {
    await env.SOURCE.put(name, await picture(4));
    const to = avatarService(writer);
    expect((await to.fetch(`/${name}`, { method: "DELETE", headers: authorization })).status).toBe(200);
    expect(await env.SOURCE.head(name)).toBeNull();
  });

  it("is asked for no name that is an id", async () => {
    await env.SOURCE.put(A, await picture(4));
    const response = await avatarService(writer).fetch(`/${A}`, { method: "DELETE", headers: authorization });
    expect(response.status).toBe(401);
    expect(await env.SOURCE.head(A)).not.toBeNull();
  });

  it.for(["DB", "AVATARS"])("answers alone where %s is not bound", async (binding) => {
    const off = service({ [binding]: undefined, HYPERDRIVE: undefined, ...writer });
    for (const path of [`/${A}`, `/avatar/${A}`, "/api/styles", "/g/mp/x", `/a/${A}/0123456789abcdef/9.png`])
      expect([path, (await off.fetch(path, { redirect: "manual" })).status]).toEqual([path, 404]);
    await env.SOURCE.put(A, await picture(4));
    expect((await off.fetch(`/display?path=${A}&op=noop`)).status).toBe(200);
    expect((await off.fetch(`/${A}`, { method: "DELETE", headers: authorization })).status).toBe(200);
    expect(await (await off.fetch("/")).json()).not.toHaveProperty("links");
  });

  it.for(["/avatar/junk", "/api/avatars/junk"])("leaves DELETE %s to nobody where it may not delete", async (path) => {
    const response = await pics.fetch(path, { method: "DELETE" });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: "invalid_id" })]);
  });
});

it("an id that is no id is refused before anything is read", async () => {
  for (const [method, path] of [
    ["POST", "/avatar/junk"],
    ["PUT", "/api/avatars/..%2F..%2Fx"],
    ["PATCH", `/api/avatars/${A}0`],
    ["POST", `/api/avatars/${A}%0A/ids`],
  ]) {
    const response = await pics.fetch(path, { method, body: "x" });
    expect([path, response.status, await response.json()]).toEqual([
      path,
      400,
      expect.objectContaining({ code: "invalid_id" }),
    ]);
  }
  for (const path of [`/${A}0`, `/${A.slice(1)}`, "/g".repeat(16), `/${A.slice(0, -1)}g`])
    expect([path, (await pics.fetch(path)).status]).toEqual([path, 404]);
});
