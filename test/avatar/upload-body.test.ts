import { describe, it } from "vitest";
import { readChanges, readUpload } from "../../src/avatar/upload-body.ts";
import { rejectionOf } from "../support/refusal.ts";

const MAX = 100_000;
const PICTURE = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
const BASE64 = Buffer.from(PICTURE).toString("base64");
const DATA_URL = `data:image/png;base64,${BASE64}`;

interface Sending {
  readonly type?: string;
  readonly body?: BodyInit;
  readonly query?: string;
}

const requestOf = ({ type, body, query = "" }: Sending) =>
  new Request(`https://pics.test/a${query}`, {
    method: "POST",
    body: body ?? null,
    headers: type === undefined ? {} : { "content-type": type },
  });
const read = (sending: Sending) => rejectionOf(readUpload(requestOf(sending), MAX));

type Field = readonly [name: string, value: string | Uint8Array];

function form(...fields: readonly Field[]): Sending {
  const data = new FormData();
  for (const [name, value] of fields)
    if (typeof value === "string") data.append(name, value);
    else data.append(name, new File([value], "picture.png", { type: "image/png" }));
  return { body: data };
}

const urlencoded = (fields: Record<string, string>): Sending => ({ body: new URLSearchParams(fields) });
const json = (value: unknown): Sending => ({ type: "application/json", body: JSON.stringify(value) });
const text = (body: string): Sending => ({ type: "text/plain;charset=UTF-8", body });
const raw = (type: string, query = ""): Sending => ({ type, body: PICTURE, query });

const NOTHING = {
  bytes: PICTURE,
  crop: undefined,
  rating: undefined,
  name: undefined,
  alt: undefined,
  email: undefined,
  token: undefined,
};

describe("readUpload() finds the picture", () => {
  const other = Uint8Array.of(9);

  it.for<[string, Sending]>([
    ["in the part avatar", form(["avatar", PICTURE])],
    ["in the part file", form(["file", PICTURE])],
    ["in the part image", form(["image", PICTURE])],
    ["in the part data", form(["data", PICTURE])],
    ["in avatar before all others", form(["data", other], ["image", other], ["file", other], ["avatar", PICTURE])],
    ["in file before image", form(["image", other], ["file", PICTURE])],
    ["in the first of two", form(["avatar", PICTURE], ["avatar", other])],
    ["in the one that was filled in", form(["avatar", new Uint8Array()], ["file", PICTURE])],
    ["in a part without a file name", { ...form(["avatar", DATA_URL]) }],
    ["as a data URL in a file", form(["avatar", new TextEncoder().encode(DATA_URL)])],
    ["as a data URL in a form", urlencoded({ avatar: DATA_URL })],
    ["as a data URL in another field", urlencoded({ avatar: "", image: DATA_URL })],
    [
      "as a data URL whose plus signs were not escaped",
      {
        type: "application/x-www-form-urlencoded",
        body: `avatar=${DATA_URL}`,
      },
    ],
    ["as a data URL in text", text(DATA_URL)],
    ["as a data URL in JSON", json({ image: DATA_URL })],
    ["as a data URL in JSON of another name", { ...json({ image: DATA_URL }), type: "application/vnd.api+json" }],
    ["as it is", raw("image/png")],
    ["as it is, of a type nobody knows", raw("image/x-anything")],
    ["as it is, as bytes", raw("application/octet-stream")],
    ["as it is, with parameters", raw("Image/PNG; a=b")],
    ["as it is, without a type", { body: PICTURE }],
    ["with line ends in base64", text(DATA_URL.replace(/(.{76})/g, "$1\r\n"))],
    ["with spaces around", text(`  ${DATA_URL} \n`)],
    ["with upper case", text(DATA_URL.replace("data:image/png;base64", "DATA:IMAGE/PNG;BASE64"))],
    ["with parameters", text(DATA_URL.replace("image/png", "image/png;name=a.png"))],
    ["without a type", text(DATA_URL.replace("image/png", ""))],
  ])("%s", async ([, sending], { expect }) => {
    expect(await read(sending)).toEqual(NOTHING);
  });

  it("keeps every byte of a form", async ({ expect }) => {
    const binary = Uint8Array.from({ length: 4_096 }, (_, index) => (index * 7919) >> 3);
    expect(await read(form(["avatar", binary]))).toMatchObject({ bytes: binary });
  });

  it("takes base64 without padding", async ({ expect }) => {
    expect(await read(text("data:;base64,AQI"))).toMatchObject({ bytes: Uint8Array.of(1, 2) });
  });
});

describe("readUpload() refuses", () => {
  const multipart = (body: string, boundary = "; boundary=b"): Sending => ({
    type: `multipart/form-data${boundary}`,
    body,
  });

  it.for<[string, Sending, number, string]>([
    ["nothing", {}, 400, "empty_body"],
    ["an empty picture", { type: "image/png", body: new Uint8Array() }, 400, "empty_body"],
    ["an empty data URL", text("data:image/png;base64,"), 400, "empty_body"],
    ["an empty data URL in JSON", json({ image: "data:;base64,  " }), 400, "empty_body"],
    ["a form without boundary", multipart("x", ""), 400, "invalid_multipart"],
    [
      "a form that is cut",
      multipart('--b\r\nContent-Disposition: form-data; name="avatar"\r\n\r\nx'),
      400,
      "invalid_multipart",
    ],
    ["a form of another boundary", multipart("--c\r\n\r\nx\r\n--c--"), 400, "invalid_multipart"],
    [
      "a form whose text is no UTF-8",
      {
        type: "multipart/form-data; boundary=b",
        body: Buffer.from(
          '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\r\n--b\r\nContent-Disposition: form-data; name="avatar"\r\n\r\nx\r\n--b--',
          "latin1",
        ),
      },
      400,
      "invalid_multipart",
    ],
    ["a form of 17 parts", form(["avatar", PICTURE], ...Array<Field>(16).fill(["a", "b"])), 400, "invalid_multipart"],
    ["a form without picture", form(["name", "Alice"]), 400, "missing_file"],
    ["a form with an empty picture", form(["avatar", new Uint8Array()]), 400, "missing_file"],
    ["a picture under another name", form(["picture", PICTURE]), 400, "missing_file"],
    ["a picture under a name in upper case", form(["Avatar", PICTURE]), 400, "missing_file"],
    ["an urlencoded form without picture", urlencoded({ name: "Alice" }), 400, "missing_file"],
    [
      "a picture as curl sends it without a type",
      { ...raw("application/x-www-form-urlencoded") },
      400,
      "invalid_base64",
    ],
    ["JSON without picture", json({ name: "Alice" }), 400, "missing_file"],
    ["an address to fetch", json({ url: "https://example.com/a.png" }), 403, "import_disabled"],
    ["base64 without its start", text(BASE64), 400, "invalid_base64"],
    ["base64 without its start in JSON", json({ image: BASE64 }), 400, "invalid_base64"],
    ["a data URL that is not base64", text("data:image/png,abc"), 400, "invalid_base64"],
    ["a data URL without comma", text("data:image/png;base64"), 400, "invalid_base64"],
    ["base64 of the other alphabet", text("data:;base64,-_-_"), 400, "invalid_base64"],
    ["base64 with a letter too many", text("data:;base64,AAAAA"), 400, "invalid_base64"],
    ["base64 with padding inside", text("data:;base64,AA==AA=="), 400, "invalid_base64"],
    ["base64 with NUL", text("data:;base64,AAAA\0"), 400, "invalid_base64"],
    ["base64 with a no-break space", text("data:;base64,AA\u00a0AA"), 400, "invalid_base64"],
    ["percent escapes", text("data:;base64,AA%2BA"), 400, "invalid_base64"],
    ["an address as text", text("https://example.com/a.png"), 400, "invalid_base64"],
    ["no JSON", { type: "application/json", body: "{" }, 400, "invalid_json"],
    ["JSON that is no object", json([DATA_URL]), 400, "invalid_json"],
    ["JSON that is text", json(DATA_URL), 400, "invalid_json"],
    ["JSON null", json(null), 400, "invalid_json"],
    ["a picture that is no text", json({ image: [1, 2, 3] }), 400, "invalid_json"],
    ["a picture that is null", json({ image: null }), 400, "invalid_json"],
    ["JSON that is no UTF-8", { type: "application/json", body: Uint8Array.of(0x22, 0xff, 0x22) }, 400, "invalid_json"],
    ["JSON of nothing but openings", { type: "application/json", body: "[".repeat(MAX) }, 400, "invalid_json"],
    ["JSON of objects in objects", { type: "application/json", body: '{"a":'.repeat(MAX / 5) }, 400, "invalid_json"],
    ["HTML", { type: "text/html", body: "<p>" }, 415, "unsupported_image"],
    ["a video", { type: "video/mp4", body: PICTURE }, 415, "unsupported_image"],
    ["another kind of multipart", { type: "multipart/mixed; boundary=b", body: "--b--" }, 415, "unsupported_image"],
    ["no type at all", { type: "png", body: PICTURE }, 415, "unsupported_image"],
    ["three sides of a crop", { ...raw("image/png", "?x=1&y=2&w=3") }, 400, "invalid_crop"],
    ["a crop in words", json({ image: DATA_URL, crop: "center" }), 400, "invalid_crop"],
    [
      "two crops",
      { ...form(["avatar", PICTURE], ["crop", "1,2,3,4"]), query: "?x=1&y=2&w=3&h=4" },
      400,
      "invalid_crop",
    ],
    ["another rating", raw("image/png", "?rating=nc17"), 400, "invalid_rating"],
    ["a rating that is a number", json({ image: DATA_URL, rating: 5 }), 400, "invalid_rating"],
    ["a rating that is a list", json({ image: DATA_URL, rating: { g: true } }), 400, "invalid_rating"],
    ["a name of 101 characters", form(["avatar", PICTURE], ["name", "é".repeat(101)]), 400, "invalid_parameter"],
    ["an endless name", form(["avatar", PICTURE], ["name", "a".repeat(50_000)]), 400, "invalid_parameter"],
    ["a name with NUL", form(["avatar", PICTURE], ["name", "a\0b"]), 400, "invalid_parameter"],
    ["a name with an escape", json({ image: DATA_URL, name: "a\u001b[31m" }), 400, "invalid_parameter"],
    ["half a character", json({ image: DATA_URL, name: "a\ud83d" }), 400, "invalid_parameter"],
    ["a name that is an object", json({ image: DATA_URL, name: { first: "a" } }), 400, "invalid_parameter"],
    ["an alt of 501 characters", json({ image: DATA_URL, alt: "a".repeat(501) }), 400, "invalid_parameter"],
    ["an e-mail address that is a list", json({ image: DATA_URL, email: ["a@b.c"] }), 400, "invalid_parameter"],
    ["a body that is declared too large", { type: "image/png", body: new Uint8Array(MAX + 1) }, 413, "body_too_large"],
  ])("%s", async ([, sending, status, code], { expect }) => {
    expect(await read(sending)).toEqual([status, code]);
  });

  it("counts a body that does not tell its length", async ({ expect }) => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 10_000;
        controller.enqueue(new Uint8Array(10_000));
      },
    });
    expect(await read({ type: "image/png", body: endless })).toEqual([413, "body_too_large"]);
    expect(sent).toBeLessThan(MAX * 2);
  });

  it("takes a body of exactly the limit", async ({ expect }) => {
    expect(await read({ type: "image/png", body: new Uint8Array(MAX) })).toHaveProperty("bytes.length", MAX);
  });

  it("never shows the e-mail address", async ({ expect }) => {
    const email = `alice${"x".repeat(400)}@example.com`;
    const thrown: unknown = await readUpload(requestOf(form(["avatar", PICTURE], ["email", email])), MAX).catch(String);
    expect(thrown).not.toContain("alice");
  });
});

describe("readUpload() reads beside the picture", () => {
  const crop = { left: 1, top: 2, width: 30, height: 40 };
  const fields = {
    x: "1",
    y: "2",
    w: "30",
    h: "40",
    rating: "PG",
    name: " José\u0301 ",
    alt: "A\r\nB",
    email: " A@b.c ",
  };
  const expected = {
    bytes: PICTURE,
    crop,
    rating: "pg",
    name: "José\u0301".normalize("NFC"),
    alt: "A B",
    email: "A@b.c",
  };

  it("the fields of a form", async ({ expect }) => {
    const pairs = Object.entries({ ...fields, token: "a.b.c", other: "x" });
    expect(await read(form(["avatar", PICTURE], ...pairs))).toEqual({ ...expected, token: "a.b.c" });
    expect(await read(urlencoded({ avatar: DATA_URL, ...Object.fromEntries(pairs) }))).toEqual({
      ...expected,
      token: "a.b.c",
    });
  });

  it("the members of JSON, where a token has no place", async ({ expect }) => {
    const { x, y, w, h, ...others } = fields;
    const body = { ...others, image: DATA_URL, crop: { x: 1, y: 2, w: 30, h: 40 }, token: "a.b.c", other: [] };
    expect(await read(json(body))).toEqual({ ...expected, token: undefined });
  });

  it("the query, but no address and no token", async ({ expect }) => {
    const query = `?${new URLSearchParams({ ...fields, token: "a.b.c" })}`;
    expect(await read(raw("image/png", query))).toEqual({ ...expected, email: undefined, token: undefined });
  });

  it("crop as one text", async ({ expect }) => {
    expect(await read(raw("image/png", "?crop=1,2,30,40"))).toMatchObject({ crop });
    expect(await read(form(["avatar", PICTURE], ["crop", "1,2,30,40"]))).toMatchObject({ crop });
  });

  it("the body rather than the query, and the first of two", async ({ expect }) => {
    const sending = { ...form(["avatar", PICTURE], ["rating", "r"], ["rating", "x"]), query: "?rating=pg&name=a" };
    expect(await read(sending)).toMatchObject({ rating: "r", name: "a" });
  });

  it("nothing where fields are empty", async ({ expect }) => {
    const empty = Object.keys(fields).map((name): Field => [name, ""]);
    expect(await read(form(["avatar", PICTURE], ...empty, ["token", ""]))).toEqual(NOTHING);
    const nulls = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
    expect(await read(json({ image: DATA_URL, ...nulls, crop: null }))).toEqual(NOTHING);
    expect(await read(json({ image: DATA_URL, name: " \n ", alt: "\t" }))).toEqual(NOTHING);
  });

  it("nothing of names that every object has", async ({ expect }) => {
    const body = `{"image":"${DATA_URL}","__proto__":{"rating":"x","name":"a"},"constructor":1}`;
    expect(await read({ type: "application/json", body })).toEqual(NOTHING);
    expect(await read(form(["avatar", PICTURE], ["__proto__", "x"], ["constructor", "x"]))).toEqual(NOTHING);
  });

  it("names of 100 characters, whatever they are made of", async ({ expect }) => {
    const name = "👩".repeat(100);
    expect(await read(form(["avatar", PICTURE], ["name", name]))).toMatchObject({ name });
  });
});

describe("readChanges()", () => {
  const change = (value: unknown, type = "application/json") =>
    rejectionOf(readChanges(requestOf({ type, body: JSON.stringify(value) })));
  const SAME = { crop: undefined, rating: undefined, name: undefined, alt: undefined };

  it.for([
    [{}, SAME],
    [{ crop: { x: 1, y: 2, w: 3, h: 4 } }, { ...SAME, crop: { left: 1, top: 2, width: 3, height: 4 } }],
    [
      { x: 1, y: 2, w: 3, h: 4 },
      { ...SAME, crop: { left: 1, top: 2, width: 3, height: 4 } },
    ],
    [{ crop: null }, { ...SAME, crop: null }],
    [{ crop: { x: 0, y: 0, w: 0, h: 0 } }, { ...SAME, crop: null }],
    [{ rating: "r" }, { ...SAME, rating: "r" }],
    [
      { name: "A", alt: "B" },
      { ...SAME, name: "A", alt: "B" },
    ],
    [
      { name: null, alt: "" },
      { ...SAME, name: null, alt: null },
    ],
    [{ name: "  " }, { ...SAME, name: null }],
    [{ url: "x", image: "y", token: "z" }, SAME],
  ] as const)("reads %j", async ([body, changes], { expect }) => {
    expect(await change(body)).toEqual(changes);
  });

  it.for<[string, unknown, string, string]>([
    ["no object", [], "application/json", "invalid_json"],
    ["another type", {}, "text/plain", "invalid_json"],
    ["a crop that is not whole", { crop: { x: 1 } }, "application/json", "invalid_crop"],
    ["another rating", { rating: "z" }, "application/json", "invalid_rating"],
    ["a name that is a number", { name: 5 }, "application/json", "invalid_parameter"],
  ])("refuses %s", async ([, body, type, code], { expect }) => {
    expect(await change(body, type)).toEqual([400, code]);
  });

  it("refuses nothing, and much", async ({ expect }) => {
    const request = requestOf({ type: "application/json" });
    expect(await rejectionOf(readChanges(request))).toEqual([400, "empty_body"]);
    expect(await change({ name: "a".repeat(20_000) })).toEqual([413, "body_too_large"]);
  });
});
