import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ALICE, avatarService, BOB, emptyAvatars, SITE, send } from "../support/avatars.ts";
import { decode, decodeResponse, pixelAt } from "../support/decode.ts";
import { corners, draw, encode, GREEN, type Pixel, RED } from "../support/drawings.ts";

const pics = avatarService();
const flat = (colour: Pixel, side = 300) =>
  encode(
    draw(side, side, () => colour),
    "png",
  );

beforeEach(emptyAvatars);

describe("GET /avatar/{id} of an upload", () => {
  beforeEach(async () => {
    await send(pics, `/${ALICE.sha1}`, await encode(corners(300, 300), "png"));
  });

  it.for([1, 79, 80, 300, 301, 1000, 2048])("is exactly %i pixels wide and high", async (px) => {
    const response = await pics.fetch(`/avatar/${ALICE.sha1}?s=${px}`);
    const { header } = await decodeResponse(response);
    expect([response.status, header.format, header.width, header.height]).toEqual([200, "jpg", px, px]);
  });

  it("has every header of the table", async () => {
    const { headers } = await pics.fetch(`/avatar/${ALICE.sha1}`);
    const { rev } = await metadataOf(ALICE.sha1);
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "public, max-age=300",
      etag: `"${rev}-80-jpg-80"`,
      "last-modified": expect.stringMatching(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/),
      link: `</a/${ALICE.sha1}/${rev}/80.jpg>; rel="canonical"`,
      "content-type": "image/jpeg",
      "content-disposition": `inline; filename="${ALICE.sha1}.jpg"`,
      "x-avatar-source": "upload",
      "cache-tag": `avatar-${ALICE.sha1}`,
      vary: "Accept",
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-request-id": expect.any(String),
    });
    for (const name of ["ETag", "Location", "X-Avatar-Source", "X-Request-Id"])
      expect(headers.get("access-control-expose-headers")).toContain(name);
  });

  it("takes an id in either case, with an extension, and by other parameters' names", async () => {
    const { etag, ...rest } = await seen(`/avatar/${ALICE.sha1.toUpperCase()}.png?size=40`);
    expect(rest).toEqual({ status: 200, type: "image/png", vary: null });
    expect(etag).toMatch(/-40-png-80"$/);
  });

  it.for([
    ["", "image/avif,image/webp,*/*", "image/webp", "Accept"],
    ["", "image/*,*/*;q=0.8", "image/jpeg", "Accept"],
    ["", "image/webp;q=0", "image/jpeg", "Accept"],
    ["?format=png", "image/webp", "image/png", null],
    [".webp?format=png", "image/*", "image/webp", null],
    [".svg", "image/webp", "image/jpeg", null],
    [".avif", "image/avif", "image/jpeg", null],
    [".exe", "*/*", "image/jpeg", "Accept"],
    ["?radius=50", "*/*", "image/png", "Accept"],
    [".jpg?radius=50", "*/*", "image/png", null],
  ] as const)("with %s and Accept: %s is %s", async ([rest, accept, type, vary]) => {
    expect(await seen(`/avatar/${ALICE.sha1}${rest}`, { accept })).toMatchObject({ status: 200, type, vary });
  });

  it("is AVIF where that is switched on and named", async () => {
    const avif = avatarService({ AVATAR_AVIF: "1" });
    const ask = async (s: number) =>
      (await avif.fetch(`/avatar/${ALICE.sha1}?s=${s}`, { headers: { accept: "image/avif,image/webp" } })).headers;
    expect((await ask(40)).get("content-type")).toBe("image/avif");
    expect((await ask(2048)).get("content-type")).toBe("image/webp");
  });

  it("has round corners", async () => {
    const { image } = await decodeResponse(await pics.fetch(`/avatar/${ALICE.sha1}?s=100&radius=50&format=png`));
    expect(pixelAt(image, 0, 0)[3]).toBe(0);
    expect(pixelAt(image, 50, 2)[3]).toBe(255);
  });

  it("answers 304 by ETag and by date, with the same validators", async () => {
    const path = `/avatar/${ALICE.sha1}?s=33`;
    const { headers } = await pics.fetch(path);
    const ask = (conditions: Record<string, string>) => pics.fetch(path, { headers: conditions });
    const same = await ask({ "if-none-match": headers.get("etag") ?? "" });
    expect([
      same.status,
      same.headers.get("etag"),
      same.headers.get("cache-control"),
      same.headers.get("vary"),
    ]).toEqual([304, headers.get("etag"), "public, max-age=300", "Accept"]);
    expect((await ask({ "if-modified-since": headers.get("last-modified") ?? "" })).status).toBe(304);
    expect((await ask({ "if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT" })).status).toBe(200);
    expect((await ask({ "if-none-match": '"other"' })).status).toBe(200);
  });

  it("answers HEAD with the headers of GET, and ranges", async () => {
    const path = `/avatar/${ALICE.sha1}.png?s=50`;
    const whole = await (await pics.fetch(path)).bytes();
    const head = await pics.fetch(path, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), (await head.bytes()).length]).toEqual([
      200,
      String(whole.length),
      0,
    ]);
    const part = await pics.fetch(path, { headers: { range: "bytes=1-3" } });
    expect([part.status, [...(await part.bytes())]]).toEqual([206, [...whole.subarray(1, 4)]]);
  });

  it("is made once, and kept by what it shows, never by the URL", async () => {
    const ask = async (path: string) => (await pics.fetch(path)).headers.get("x-cache");
    expect(await ask(`/avatar/${ALICE.sha1}.jpg?s=61`)).toBe("made");
    expect(await ask(`/avatar/${ALICE.sha1}.jpg?s=61`)).toBe("stored");
    expect(await ask(`/avatar/${ALICE.sha1}?format=jpeg&size=61&junk=${crypto.randomUUID()}&token=x`)).toBe("stored");
    expect(await ask(`/avatar/${ALICE.sha1}.jpg?s=61&q=79`)).toBe("made");
    await send(pics, `/${BOB.md5}`, await encode(corners(300, 300), "png"));
    expect(await ask(`/avatar/${BOB.md5}.jpg?s=61`)).toBe("stored");
  });

  it("shows the next upload at once", async () => {
    const { image: before } = await decodeResponse(await pics.fetch(`/avatar/${ALICE.sha1}.png?s=20`));
    expect(pixelAt(before, 2, 2)[0]).toBeGreaterThan(200);
    await send(pics, `/${ALICE.sha1}`, await flat(GREEN));
    const { image: after } = await decodeResponse(await pics.fetch(`/avatar/${ALICE.sha1}.png?s=20`));
    expect(pixelAt(after, 2, 2)[0]).toBeLessThan(40);
  });
});

describe("GET /avatar/{id} of a picture with transparency", () => {
  const half = (x: number) => [200, 100, 50, x < 50 ? 0 : 255] as const;
  beforeEach(async () => {
    await send(pics, `/${ALICE.sha1}`, await encode(draw(100, 100, half), "png"));
  });

  it("is PNG, and in a JPEG stands on white or the colour asked for", async () => {
    const { header, image } = await decodeResponse(await pics.fetch(`/avatar/${ALICE.sha1}`));
    expect([header.format, pixelAt(image, 5, 40)[3]]).toEqual(["png", 0]);
    const ground = async (query: string) =>
      pixelAt((await decodeResponse(await pics.fetch(`/avatar/${ALICE.sha1}.jpg${query}`))).image, 5, 40);
    expect((await ground("")).every((level) => level > 250)).toBe(true);
    expect((await ground("?bg=0000ff"))[2]).toBeGreaterThan(250);
    expect((await ground("?bg=0000ff"))[0]).toBeLessThan(8);
  });
});

describe("GET /avatar/{id} of nobody", () => {
  const DEFAULT = `/avatar/${BOB.md5}`;

  it.for([
    "mp",
    "mm",
    "mystery",
    "blank",
    "color",
    "identicon",
    "retro",
    "initials&name=Ada%20Lovelace",
    "monsterid",
    "wavatar",
  ])("draws d=%s alike every time, as PNG, WebP, JPEG and SVG", async (d) => {
    const [one, again] = await Promise.all([1, 2].map(() => pics.fetch(`${DEFAULT}?s=64&d=${d}`)));
    expect(Object.fromEntries(one.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=300",
      "x-avatar-source": "default",
      "cache-tag": `avatar-${BOB.md5}`,
      vary: "Accept",
    });
    expect(one.headers.get("last-modified")).toBeNull();
    const bytes = await one.bytes();
    expect(bytes).toEqual(await again.bytes());
    expect((await decode(bytes)).header).toMatchObject({ width: 64, height: 64 });
    for (const format of ["jpg", "webp"])
      expect((await decodeResponse(await pics.fetch(`${DEFAULT}.${format}?s=64&d=${d}`))).header.format).toBe(format);
    const svg = await pics.fetch(`${DEFAULT}.svg?s=64&d=${d}`);
    expect(svg.headers.get("content-type")).toBe("image/svg+xml");
    expect(svg.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(await svg.text()).not.toMatch(/<script|\son\w+=|\sid=|href|Ada/i);
  });

  it("keeps a forced default for a day", async () => {
    await send(pics, `/${BOB.md5}`, await flat(RED));
    const { headers } = await pics.fetch(`${DEFAULT}?f=y&d=retro`);
    expect([headers.get("cache-control"), headers.get("x-avatar-source")]).toEqual([
      "public, max-age=86400",
      "default",
    ]);
  });

  it("answers 304 for a default too, but by no date", async () => {
    const etag = (await pics.fetch(`${DEFAULT}?d=retro`)).headers.get("etag") ?? "";
    expect((await pics.fetch(`${DEFAULT}?d=retro`, { headers: { "if-none-match": etag } })).status).toBe(304);
    const since = { "if-modified-since": new Date().toUTCString() };
    expect((await pics.fetch(`${DEFAULT}?d=retro`, { headers: since })).status).toBe(200);
  });

  it("d=404 is 404, for a minute", async () => {
    const response = await pics.fetch(`${DEFAULT}?d=404`);
    expect([response.status, response.headers.get("cache-control"), await response.json()]).toEqual([
      404,
      "public, max-age=60",
      expect.objectContaining({ code: "not_found" }),
    ]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.for([
    ["d=initials&name=Ada%20Lovelace,identicon", "initials"],
    ["d=nonsense,retro", "retro"],
    ["d=initials,retro", "retro"],
    ["d=initials", "identicon"],
    ["d=initials&name=%20", "identicon"],
    ["d=nonsense", "mp"],
    ["d=https://evil.example/x.png", "mp"],
    ["d=https://evil.example/x.png,retro", "retro"],
    ["", "mp"],
    ["d=1,2,3,4,retro", "mp"],
  ] as const)("%s shows %s", async ([query, style]) => {
    expect((await seen(`${DEFAULT}?${query}`)).etag).toMatch(new RegExp(`^"${style}-`));
  });

  it("sends on to an address that the list allows, and never fetches it", async () => {
    const allowing = avatarService({
      DEFAULT_URL_ALLOW: [{ scheme: "https", host: "img.example", path_prefix: "/avatars/" }],
    });
    const ask = (url: string) => allowing.fetch(`${DEFAULT}?d=${encodeURIComponent(url)}`, { redirect: "manual" });
    const sent = await ask("https://img.example/avatars/1.png");
    expect([sent.status, sent.headers.get("location")]).toEqual([302, "https://img.example/avatars/1.png"]);
    for (const url of [
      "https://img.example/other/1.png",
      "https://img.example.evil.example/avatars/1.png",
      "https://user@img.example/avatars/1.png",
      "http://img.example/avatars/1.png",
      "//img.example/avatars/1.png",
    ])
      expect([url, (await ask(url)).status]).toEqual([url, 200]);
  });

  it.for([
    ["identicon", "identicon"],
    [["nonsense-word"], undefined],
    ["404", "nothing"],
    [404, "nothing"],
    [["initials", "retro"], "retro"],
  ] as const)("DEFAULT_AVATAR = %s shows %s", async ([DEFAULT_AVATAR, style]) => {
    const { status, etag } = await seen(DEFAULT, {}, avatarService({ DEFAULT_AVATAR }));
    if (style === undefined) expect(status).toBe(500);
    else if (style === "nothing") expect(status).toBe(404);
    else expect(etag).toMatch(new RegExp(`^"${style}-`));
  });

  it("shows the avatar of the site where there is one, unless something else is asked for", async () => {
    await send(pics, `/${SITE}`, await flat(GREEN));
    const response = await pics.fetch(`${DEFAULT}?s=10&format=png`);
    expect([response.headers.get("x-avatar-source"), response.headers.get("last-modified")]).toEqual(["default", null]);
    expect(pixelAt((await decodeResponse(response)).image, 5, 5)[1]).toBeGreaterThan(250);
    expect(response.headers.get("cache-tag")).toBe(`avatar-${BOB.md5},avatar-${SITE}`);
    expect((await seen(`${DEFAULT}?d=retro`)).etag).toMatch(/^"retro-/);
    expect((await seen(`${DEFAULT}?d=nonsense`)).etag).not.toMatch(/^"mp-/);
  });

  it.for(["/avatar", "/avatar/", "/avatar/junk", "/avatar/junk.png", "/avatar/..%2Fsecret", "/avatar/a.b.c"])(
    "%s has no avatar",
    async (path) => expect(await seen(path)).toMatchObject({ status: 200, type: "image/png" }),
  );

  it("creates nothing", async () => {
    for (const path of [DEFAULT, `/${BOB.md5}`, `/${BOB.md5}/large`]) await pics.fetch(path, { redirect: "manual" });
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM avatars").first<{ n: number }>();
    expect(rows?.n).toBe(0);
  });
});

describe("ratings", () => {
  it("hide a picture from whoever asks for less", async () => {
    await send(pics, `/api/avatars/${ALICE.sha1}?rating=r`, await flat(RED), { method: "PUT" });
    const source = async (query: string) =>
      (await pics.fetch(`/avatar/${ALICE.sha1}?${query}`)).headers.get("x-avatar-source");
    expect(await source("")).toBe("default");
    expect(await source("r=pg")).toBe("default");
    expect(await source("rating=r")).toBe("upload");
    expect(await source("r=x")).toBe("upload");
  });
});

describe("GET /a/{id}/{rev}/{px}.{ext}", () => {
  let rev = "";
  beforeEach(async () => {
    await send(pics, `/${ALICE.sha1}`, await encode(corners(300, 300), "png"));
    rev = (await metadataOf(ALICE.sha1)).rev;
  });

  it("never changes", async () => {
    const response = await pics.fetch(`/a/${ALICE.sha1}/${rev}/99.png`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      etag: `"${rev}-99-png-80"`,
      "last-modified": expect.any(String),
      "x-avatar-source": "upload",
    });
    expect(response.headers.get("vary")).toBeNull();
    expect((await decodeResponse(response)).header).toMatchObject({ width: 99, format: "png" });
  });

  it.for([
    (revision: string) => `/a/${ALICE.sha1}/${revision}/0.png`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/2049.png`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/099.png`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/-1.png`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/9.exe`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/9.svg`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/9.gif`,
    (revision: string) => `/a/${ALICE.sha1}/${revision}/9.avif`,
    (revision: string) => `/a/${BOB.sha1}/${revision}/9.png`,
    (revision: string) => `/a/junk/${revision}/9.png`,
    () => `/a/${ALICE.sha1}/0123456789abcdef/9.png`,
    () => `/a/${ALICE.sha1}/junk/9.png`,
  ])("is 404 for what there is not", async (path) => {
    expect((await pics.fetch(path(rev))).status).toBe(404);
  });

  it("keeps one older revision, and no more", async () => {
    const statuses = async () =>
      Promise.all(revs.map(async (old) => (await pics.fetch(`/a/${ALICE.sha1}/${old}/8.png`)).status));
    const revs = [rev];
    for (const colour of [RED, GREEN]) {
      await send(pics, `/${ALICE.sha1}`, await flat(colour));
      revs.push((await metadataOf(ALICE.sha1)).rev);
      expect(await statuses()).toEqual(revs.length === 2 ? [200, 200] : [404, 200, 200]);
    }
  });
});

describe("GET /g/{style}/{seed}", () => {
  it.for([
    ["/g/retro/any%20text", "image/png"],
    ["/g/identicon/john.doe", "image/png"],
    ["/g/identicon/john.doe.svg", "image/svg+xml"],
    ["/g/initials/Ada%20Lovelace.webp?s=50", "image/webp"],
  ] as const)("%s is %s, for a day", async ([path, type]) => {
    const { headers, status } = await pics.fetch(path);
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([
      200,
      type,
      "public, max-age=86400",
    ]);
  });

  it("draws an id as /avatar does", async () => {
    const [one, other] = await Promise.all(
      [`/g/identicon/${BOB.md5.toUpperCase()}?s=48`, `/avatar/${BOB.md5}?s=48&d=identicon`].map((path) =>
        pics.fetch(path).then((response) => response.bytes()),
      ),
    );
    expect(one).toEqual(other);
  });

  it("is 404 for a style that there is not", async () => {
    for (const style of ["nonsense", "404", "__proto__"]) expect((await pics.fetch(`/g/${style}/x`)).status).toBe(404);
  });
});

describe("GET /api/styles", () => {
  it("lists what d may say", async () => {
    const { data } = (await (await pics.fetch("/api/styles")).json()) as { data: Record<string, unknown>[] };
    expect(data.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["mp", "blank", "color", "initials", "identicon"]),
    );
    for (const style of data)
      expect(style).toMatchObject({ deterministic: true, svg: true, licence: expect.any(String) });
  });
});

describe("GET /api/?name=", () => {
  it("draws initials as UI-Avatars is asked for them", async () => {
    const one = await pics.fetch("/api/?name=Ada+Lovelace");
    expect((await decodeResponse(one)).header).toMatchObject({ width: 64, format: "png" });
    const query = "name=Ada+Lovelace&size=128&background=0D8ABC&color=fff&bold=true";
    const svg = await (await pics.fetch(`/api/?${query}&format=svg`)).text();
    expect(svg).toContain("#0d8abc");
    const { header, image } = await decodeResponse(await pics.fetch(`/api/?${query}&rounded=true&format=svg`));
    expect([header.format, pixelAt(image, 0, 0)[3], pixelAt(image, 64, 8)]).toEqual([
      "png",
      0,
      [0x0d, 0x8a, 0xbc, 255],
    ]);
    expect((await pics.fetch("/api/")).status).toBe(200);
  });
});

interface Metadata {
  readonly rev: string;
}

async function metadataOf(id: string): Promise<Metadata> {
  const { data } = (await (await pics.fetch(`/api/avatars/${id}`)).json()) as { data: Metadata };
  return data;
}

async function seen(path: string, headers: Record<string, string> = {}, from = pics) {
  const response = await from.fetch(path, { headers, redirect: "manual" });
  const { status } = response;
  return {
    ...{ status, etag: response.headers.get("etag") },
    ...{ type: response.headers.get("content-type"), vary: response.headers.get("vary") },
  };
}
