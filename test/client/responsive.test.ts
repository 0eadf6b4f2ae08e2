import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { edgefit } from "../../client/index.ts";
import { decode } from "../support/decode.ts";
import { corners, encode } from "../support/drawings.ts";
import { service } from "../support/service.ts";

const BASE = "https://pics.test";
const pics = edgefit({ base: BASE });
const signing = edgefit({ base: BASE, secret: "abcdef" });

beforeAll(async () => void (await env.SOURCE.put("a.jpg", await encode(corners(300, 200), "jpg"))));

it("srcset() has a URL for each width, in the ratio that was asked for", () => {
  expect(pics.srcset("a.jpg", { widths: [20, 40] })).toBe(
    `${BASE}/display/resize/20x/a.jpg 20w, ${BASE}/display/resize/40x/a.jpg 40w`,
  );
  const edit = { op: "thumbnail", width: 16, height: 9, widths: [40, 1], format: "webp" } as const;
  expect(pics.srcset("a, b.jpg", edit)).toBe(
    `${BASE}/display/thumbnail/40x23/a%2C%20b.jpg?fmt=webp 40w, ${BASE}/display/thumbnail/1x1/a%2C%20b.jpg?fmt=webp 1w`,
  );
});

it("img() has the attributes of an <img>", () => {
  const edit = { op: "fit", width: 400, height: 300, widths: [40, 80, 20], sizes: "50vw" } as const;
  expect(pics.img("a.jpg", edit, { form: "query" })).toEqual({
    src: `${BASE}/display?path=a.jpg&op=fit&w=80&h=60`,
    srcset: pics.srcset("a.jpg", edit, { form: "query" }),
    sizes: "50vw",
    width: 400,
    height: 300,
  });
  expect(Object.keys(pics.img("a.jpg", { widths: [9] }))).toEqual(["src", "srcset"]);
});

it("what is done before it is scaled is done for each width, and what comes out stays said of the whole", async () => {
  const before = [
    { op: "crop", x: 10, y: 20, width: 90, height: 60 },
    { op: "rotate", degrees: 90 },
  ] as const;
  const { srcset } = pics.img("a.jpg", { before, op: "resize", widths: [20, 40], format: "webp", upscale: false });
  const urls = srcset.split(", ").map((text) => text.split(" ")[0]);
  const answers = await Promise.all(urls.map(async (url) => (await service().fetch(url)).bytes()));
  const headers = await Promise.all(answers.map(async (bytes) => (await decode(bytes)).header));
  expect(headers.map(({ format, width, height }) => `${format} ${width}x${height}`)).toEqual([
    "webp 20x30",
    "webp 40x60",
  ]);
});

it("picture() has a source for each format, and a picture for whoever knows none", () => {
  const edit = { widths: [20, 40], sizes: "100vw", quality: 70 } as const;
  const { sources, img } = pics.picture("a.jpg", { ...edit, formats: ["avif", "jpeg"] });
  expect(sources).toEqual([
    { type: "image/avif", srcset: pics.srcset("a.jpg", { ...edit, format: "avif" }), sizes: "100vw" },
    { type: "image/jpeg", srcset: pics.srcset("a.jpg", { ...edit, format: "jpeg" }), sizes: "100vw" },
  ]);
  expect(img).toEqual(pics.img("a.jpg", edit));
});

it("a client that signs promises all of them, and the Worker answers each URL", async () => {
  const worker = service({ SECRET_KEY: "abcdef" });
  const { sources, img } = await signing.picture("a.jpg", { widths: [20, 40], formats: ["webp"] });
  const urls = [img.src, ...[sources[0].srcset, img.srcset].flatMap((text) => text.split(", "))];
  const sizes = urls.map(async (text) => {
    const { header } = await decode(await (await worker.fetch(text.split(" ")[0])).bytes());
    return `${header.format} ${header.width}`;
  });
  expect(await Promise.all(sizes)).toEqual(["jpg 40", "webp 20", "webp 40", "jpg 20", "jpg 40"]);
  expect(await signing.srcset("a.jpg", { widths: [20, 40] })).toBe(img.srcset);
});
