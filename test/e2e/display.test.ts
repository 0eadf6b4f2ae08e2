import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeResponse, pixelAt } from "../support/decode.ts";
import { corners, draw, encode, gradient } from "../support/drawings.ts";
import { service } from "../support/service.ts";

const open = service();

beforeAll(async () => {
  await env.SOURCE.put("corners.png", await encode(corners(300, 200), "png"));
  await env.SOURCE.put("photo.jpg", await encode(gradient(300, 200), "jpg"));
  await env.SOURCE.put(
    "glass.png",
    await encode(
      draw(60, 40, () => [255, 0, 0, 0]),
      "png",
    ),
  );
  await env.SOURCE.put("sub/dir/a b é.png", await encode(corners(30, 20), "png"));
  await env.SOURCE.put("noextension", await encode(corners(30, 20), "jpg"));
  await env.SOURCE.put("text.jpg", new TextEncoder().encode("this is no picture"));
  await env.SOURCE.put("cut.png", (await encode(gradient(300, 200), "png")).subarray(0, 40));
});

const RED = [255, 0, 0, 255];
const GREEN = [0, 255, 0, 255];
const BLUE = [0, 0, 255, 255];
const WHITE = [255, 255, 255, 255];

describe("GET /display", () => {
  it.for([
    ["/display?path=corners.png&op=resize&w=150", 150, 100],
    ["/display/resize/150x/corners.png", 150, 100],
    ["/display/thumbnail/100x100/corners.png", 100, 100],
    ["/display/fit/100x100/corners.png", 100, 66],
    ["/display?path=corners.png&op=op:resize+w:100+h:50&op=op:rotate+deg:90", 50, 100],
    ["/display?path=corners.png&op=resize&w=100&h=50&op=op:rotate+deg:90", 50, 100],
    ["/display/resize/100x50/corners.png?op=op:rotate+deg:90", 50, 100],
    ["/display/resize/15x/sub/dir/a%20b%20%C3%A9.png", 15, 10],
    ["/display/corners.png", 300, 200],
    ["/display?path=corners.png&op=crop&x=10&y=20&w=30&h=40", 30, 40],
    ["/display?path=corners.png&op=resize&width=150&format=webp", 150, 100],
  ] as const)("%s shows %i x %i", async ([url, width, height]) => {
    const response = await open.fetch(url);
    expect(response.status).toBe(200);
    const { header } = await decodeResponse(response);
    expect([header.width, header.height]).toEqual([width, height]);
  });

  it.for([
    [90, GREEN, WHITE, RED, BLUE],
    [180, WHITE, BLUE, GREEN, RED],
    [270, BLUE, RED, WHITE, GREEN],
  ] as const)("turns the corners by deg=%i", async ([degrees, ...expected]) => {
    const { image } = await decodeResponse(await open.fetch(`/display?path=corners.png&op=rotate&deg=${degrees}`));
    const { width, height } = image;
    const found = [
      [0, 0],
      [width - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ].map(([x, y]) => pixelAt(image, x, y));
    expect(found).toEqual(expected);
  });

  it.for([
    ["h", GREEN, RED],
    ["v", BLUE, WHITE],
  ] as const)("mirrors by pos=%s", async ([position, left, right]) => {
    const { image } = await decodeResponse(await open.fetch(`/display?path=corners.png&op=flip&pos=${position}`));
    expect([pixelAt(image, 0, 0), pixelAt(image, 299, 0)]).toEqual([left, right]);
  });

  it("draws flat: a colour, a picture in a box, a picture in a corner", async () => {
    const flat = async (tokens: string) => {
      const url = `/display?path=corners.png&op=noop&op=${encodeURIComponent(`op:flat ${tokens}`)}`;
      return (await decodeResponse(await open.fetch(url))).image;
    };
    const filled = await flat("pos:0.0.50.50 color:00ff00");
    expect([pixelAt(filled, 149, 99), pixelAt(filled, 149, 100)]).toEqual([GREEN, BLUE]);
    const boxed = await flat("path:corners.png pos:60.10.80.30");
    expect([pixelAt(boxed, 180, 20), pixelAt(boxed, 239, 59), pixelAt(boxed, 240, 60)]).toEqual([RED, WHITE, GREEN]);
    const stuck = await flat("path:corners.png stick:bottom-right w:60");
    expect([pixelAt(stuck, 240, 160), pixelAt(stuck, 239, 160)]).toEqual([RED, WHITE]);
  });

  it.for([
    ["jpg", "image/jpeg"],
    ["jpeg", "image/jpeg"],
    ["png", "image/png"],
    ["gif", "image/gif"],
    ["bmp", "image/bmp"],
    ["webp", "image/webp"],
    ["avif", "image/avif"],
  ] as const)("writes fmt=%s as %s", async ([format, mime]) => {
    const response = await open.fetch(`/display?path=photo.jpg&op=resize&w=60&fmt=${format}`);
    expect(response.headers.get("content-type")).toBe(mime);
    const { image } = await decodeResponse(response);
    expect([image.width, image.height]).toEqual([60, 40]);
    // Half a pixel right of and below the middle; a GIF has 256 colours for all of it.
    for (const level of pixelAt(image, 30, 20).slice(0, 3)) expect(Math.abs(level - 130)).toBeLessThan(14);
  });

  it.for([
    ["photo.jpg", "image/jpeg"],
    ["corners.png", "image/png"],
    ["noextension", "image/png"],
  ] as const)("writes %s as its name says: %s", async ([path, mime]) => {
    expect((await open.fetch(`/display?path=${path}&op=resize&w=20`)).headers.get("content-type")).toBe(mime);
  });

  it("puts transparency on black, on BACKGROUND, or on bg", async () => {
    const url = "/display?path=glass.png&op=resize&w=30&fmt=jpg";
    const colour = async (response: Promise<Response>) => pixelAt((await decodeResponse(await response)).image, 5, 5);
    expect(await colour(open.fetch(url))).toEqual([0, 0, 0, 255]);
    expect(
      (await colour(service({ BACKGROUND: "ffffff", KVSTORE: undefined }).fetch(`${url}&force=1`)))[0],
    ).toBeGreaterThan(250);
    const [red, green] = await colour(open.fetch(`${url}&bg=0f0`));
    expect([red < 5, green > 250]).toEqual([true, true]);
  });

  it("answers a client's mistakes with 4xx and picfit's words", async () => {
    const rows = [
      ["/display", 400, "invalid_parameter", "Request should contains parameters or query string"],
      ["/display?path=photo.jpg", 400, "invalid_parameter", "`op` parameter or query string cannot be empty"],
      ["/display?path=photo.jpg&op=nope", 400, "invalid_parameter", "Invalid method nope"],
      ["/display?path=photo.jpg&op=resize&w=x", 400, "invalid_parameter", "Cannot parse w"],
      ["/display/resize/10x10/absent.png", 404, "not_found", "Cannot find"],
      ["/display?path=text.jpg&op=resize&w=9", 415, "unsupported_image", "Cannot read the source"],
      ["/display?path=cut.png&op=resize&w=9", 422, "decode_failed", ""],
      ["/display?path=../secret&op=noop", 400, "invalid_path", "Cannot use the path"],
      ["/display?path=a%00b&op=noop", 400, "invalid_path", "Cannot use the path"],
      ["/display/%ff", 400, "invalid_path", "Cannot read the path"],
      ["/display?path=photo.jpg&op=resize&w=9000", 422, "output_too_large", "Cannot make"],
      ["/display?url=https://example.com/a.jpg&op=noop", 403, "source_not_allowed", "Cannot use the source URL"],
      ["/display?url=nonsense&op=noop", 400, "invalid_url", "Cannot parse the source URL"],
      ["/nowhere", 404, "not_found", "404 page not found"],
      [`/display?path=${"a".repeat(9000)}&op=noop`, 414, "url_too_long", "Cannot read the URL"],
    ] as const;
    for (const [url, status, code, words] of rows) {
      const response = await open.fetch(url);
      const body = (await response.json()) as Record<string, unknown>;
      expect([url, response.status, body.code]).toEqual([url, status, code]);
      expect(body.detail).toContain(words);
      expect(body).toMatchObject({ type: `urn:edgefit:error:${code}`, status, title: expect.any(String) });
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toBe(status === 404 ? "public, max-age=60" : "no-store");
      expect(response.headers.get("x-request-id")).toBe(body.requestId);
    }
  });

  it("refuses other methods and says which there are", async () => {
    const response = await open.fetch("/display?path=photo.jpg&op=noop", { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await open.fetch("/upload")).headers.get("allow")).toBe("POST, OPTIONS");
  });
});

describe("HTTP", () => {
  const url = "/display?path=photo.jpg&op=resize&w=90";

  it("sends exact length, type, name, and the headers of a picture", async () => {
    const response = await open.fetch(url);
    const bytes = await response.bytes();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": String(bytes.length),
      "content-disposition": 'inline; filename="photo.jpg"',
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=31536000",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "accept-ranges": "bytes",
    });
    expect(response.headers.has("set-cookie")).toBe(false);
  });

  it("makes once, then serves what is stored, byte for byte", async () => {
    const first = await open.fetch(`${url}&q=61`);
    const second = await open.fetch(`${url}&q=61`);
    expect([first.headers.get("x-cache"), second.headers.get("x-cache")]).toEqual(["made", "stored"]);
    expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(second.headers.get("last-modified")).toBe(first.headers.get("last-modified"));
    expect(second.headers.get("content-length")).toBe(first.headers.get("content-length"));
    expect(await second.bytes()).toEqual(await first.bytes());
  });

  it("gives an ETag of picfit's key and the source's version", async () => {
    const { headers } = await open.fetch("/display?path=corners.png&op=resize&w=50&h=50");
    expect(headers.get("etag")).toMatch(/^"[0-9a-f]{32}-[0-9a-f]{12}"$/);
  });

  it("answers HEAD as GET, without the body", async () => {
    const [get, head] = [await open.fetch(url), await open.fetch(url, { method: "HEAD" })];
    expect([head.status, (await head.bytes()).length]).toEqual([200, 0]);
    for (const name of ["content-type", "content-length", "etag", "last-modified"])
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
  });

  it("answers 304 to the tag, in a list, weak or strong, and to the date", async () => {
    const { headers } = await open.fetch(url);
    const etag = headers.get("etag") ?? "";
    const modified = headers.get("last-modified") ?? "";
    const past = new Date(Date.parse(modified) - 1000).toUTCString();
    const rows: [Record<string, string>, number][] = [
      [{ "if-none-match": etag }, 304],
      [{ "if-none-match": `"x", W/${etag} , "y"` }, 304],
      [{ "if-none-match": "*" }, 304],
      [{ "if-none-match": '"x"' }, 200],
      [{ "if-none-match": '"x"', "if-modified-since": modified }, 200],
      [{ "if-modified-since": modified }, 304],
      [{ "if-modified-since": past }, 200],
      [{ "if-modified-since": "garbage" }, 200],
    ];
    for (const [conditions, status] of rows) {
      const response = await open.fetch(url, { headers: conditions });
      expect([conditions, response.status]).toEqual([conditions, status]);
      if (status === 304) expect([response.headers.get("etag"), (await response.bytes()).length]).toEqual([etag, 0]);
    }
  });

  it.for(["photo.jpg&op=resize&w=70&q=33", "photo.jpg&op=resize&w=71&q=33"])("answers ranges of %s", async (query) => {
    const path = `/display?path=${query}`;
    const whole = await (await open.fetch(path)).bytes();
    const part = async (range: string, more: Record<string, string> = {}) =>
      open.fetch(path, { headers: { range, ...more } });
    const first = await part("bytes=0-9");
    expect([first.status, first.headers.get("content-range")]).toEqual([206, `bytes 0-9/${whole.length}`]);
    expect(await first.bytes()).toEqual(whole.subarray(0, 10));
    expect(await (await part("bytes=10-")).bytes()).toEqual(whole.subarray(10));
    expect(await (await part("bytes=-5")).bytes()).toEqual(whole.subarray(-5));
    expect((await part(`bytes=${whole.length}-`)).status).toBe(416);
    expect((await part("bytes=0-1,3-4")).status).toBe(200);
    expect((await part("bytes=0-1", { "if-range": '"other"' })).status).toBe(200);
  });

  it("answers HEAD whole, whatever range it names", async () => {
    const head = await open.fetch(url, { method: "HEAD", headers: { range: "bytes=0-9" } });
    expect([head.status, head.headers.has("content-range")]).toEqual([200, false]);
  });

  it("echoes no request id and never trusts one", async () => {
    const response = await open.fetch("/healthcheck", { headers: { "x-request-id": "evil" } });
    expect(response.headers.get("x-request-id")).not.toBe("evil");
  });

  it("does not answer a request that it sent itself", async () => {
    const response = await open.fetch(url, { headers: { via: "1.1 pics.test" } });
    expect([response.status, await response.json()]).toEqual([508, expect.objectContaining({ code: "loop_detected" })]);
  });

  it("names a broken variable, and nothing else", async () => {
    const response = await service({ QUALITY: "200" }).fetch(url);
    const body = (await response.json()) as { detail: string };
    expect([response.status, body.detail]).toEqual([500, "Cannot start: QUALITY must be an integer from 1 to 100"]);
  });
});

describe("CORS", () => {
  const url = "/display?path=photo.jpg&op=resize&w=20";
  const cors = service({
    ALLOWED_ORIGINS: ["https://a.example", "*.ulule.com"],
    ALLOWED_METHODS: ["GET"],
    ALLOWED_HEADERS: ["X-A"],
  });

  it.for([
    ["https://a.example", "https://a.example"],
    ["http://www.ulule.com", "http://www.ulule.com"],
    ["https://ulule.com", null],
    ["https://evilulule.com", null],
    ["https://a.example.evil", null],
  ] as const)("for %s allows %s", async ([origin, allowed]) => {
    const { headers } = await cors.fetch(url, { headers: { origin } });
    expect([headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([allowed, "Origin"]);
  });

  it("answers a preflight", async () => {
    const response = await cors.fetch(url, { method: "OPTIONS", headers: { origin: "https://a.example" } });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "X-A",
    });
  });

  it("is off unless origins and methods are set", async () => {
    const { headers } = await service({ ALLOWED_ORIGINS: ["*"] }).fetch(url, {
      headers: { origin: "https://a.example" },
    });
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });
});
