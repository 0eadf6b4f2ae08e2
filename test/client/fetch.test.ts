import { env } from "cloudflare:test";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Edit, edgefit, type Output, type Route, type Source, sign } from "../../client/index.ts";
import { decode } from "../support/decode.ts";
import { corners, encode } from "../support/drawings.ts";
import { originUrl } from "../support/origin.ts";
import { VECTORS } from "../support/picfit-signatures.ts";
import { service } from "../support/service.ts";

const BASE = "https://pics.test";
const SECRET = "s3cr3t/+= é";
const ODD = [
  "a b/é?.jpg",
  "100%.jpg",
  "+.jpg",
  "a+b&c=d#e.jpg",
  "1x1/resize/2x2/a.jpg",
  "a//b.jpg",
  "(a)'!*,~.jpg",
  "𝒳.jpg",
];

const worker = service({ SECRET_KEY: SECRET, SOURCE_HOSTS: [originUrl] });
const sha256 = service({ SECRET_KEY: ["another", SECRET], SIGN_ALGO: "sha256" });
const pics = edgefit({ base: BASE, secret: SECRET });

beforeAll(async () => {
  const picture = await encode(corners(300, 200), "jpg");
  for (const name of ["a.jpg", "mark.png", ...ODD]) await env.SOURCE.put(name, picture);
});
afterEach(() => void vi.useRealTimers());

const sizeOf = async (response: Response): Promise<unknown> => {
  if (!response.ok) return [response.status, await response.json()];
  const { header } = await decode(await response.bytes());
  return `${header.format} ${header.width}x${header.height}`;
};

describe.for(["path", "query"] as const)("a signed URL in the form of a %s", (form) => {
  it.for([
    [undefined, {}, "jpg 300x200"],
    [{ op: "resize", width: 150 }, {}, "jpg 150x100"],
    [{ op: "thumbnail", width: 50, height: 50, format: "png" }, {}, "png 50x50"],
    [{ op: "fit", width: 50, height: 50, quality: 80 }, {}, "jpg 50x33"],
    [{ op: "crop", x: 10, y: 20, width: 30, height: 40 }, {}, "jpg 30x40"],
    [{ op: "flip", position: "v", format: "webp" }, {}, "webp 300x200"],
    [{ op: "rotate", degrees: 90, format: "gif" }, {}, "gif 200x300"],
    [{ op: "flat", stick: "top-left", width: 20, paths: ["mark.png"], format: "bmp" }, {}, "bmp 300x200"],
    [{ op: "flat", position: "0.0.50.50", color: "f00" }, {}, "jpg 300x200"],
    [{ op: "effect", filter: "blur", effort: "max" }, {}, "jpg 300x200"],
    [{ op: "noop", format: "png", background: "fff" }, {}, "png 300x200"],
    [
      [
        { op: "resize", width: 100 },
        { op: "rotate", degrees: "270" },
      ],
      { format: "png" },
      "png 67x100",
    ],
    [
      [
        { op: "flat", paths: ["mark.png"], position: "0.0.9.9" },
        { op: "fit", width: 90, height: 90 },
      ],
      { quality: 50, format: "avif" },
      "avif 90x60",
    ],
  ] as const satisfies readonly (readonly [Edit | undefined, Output, string])[])(
    "asks for %j %j",
    async ([edit, output, size]) => {
      expect(await sizeOf(await worker.fetch(await pics.url("a.jpg", edit, { ...output, form })))).toBe(size);
    },
  );

  it.for(ODD)("names %s", async (name) => {
    const url = await pics.url(name, { op: "resize", width: 30 }, { form });
    expect(await sizeOf(await worker.fetch(url))).toBe("jpg 30x20");
  });

  it("is as good for SHA-256", async () => {
    const client = edgefit({ base: BASE, secret: SECRET, algorithm: "SHA-256", form });
    const url = await client.url("a.jpg", { op: "resize", width: 30 });
    expect(await sizeOf(await sha256.fetch(url))).toBe("jpg 30x20");
    expect((await worker.fetch(url)).status).toBe(401);
  });

  it("is refused where the secret is another, or anything of it was changed", async () => {
    const stranger = edgefit({ base: BASE, secret: `${SECRET}x`, form });
    expect((await worker.fetch(await stranger.url("a.jpg", { op: "resize", width: 30 }))).status).toBe(401);
    const url = await pics.url("a.jpg", { op: "resize", width: 30, quality: 80 }, { form });
    expect((await worker.fetch(url.replace("q=80", "q=81"))).status).toBe(401);
  });

  it("ends", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
    const client = edgefit({ base: BASE, secret: SECRET, expiresIn: 3600, form });
    const url = await client.url("a.jpg");
    expect(new URL(url).searchParams.get("exp")).toBe(String(1_800_000_000 + 7200));
    for (const [minutes, status] of [
      [0, 200],
      [119, 200],
      [120, 401],
    ] as const) {
      vi.setSystemTime(1_800_000_000_000 + minutes * 60_000);
      expect((await worker.fetch(url)).status).toBe(status);
    }
    vi.setSystemTime(1_800_000_000_000 + 3_599_000);
    expect(await client.url("a.jpg")).toBe(url);
  });

  it("leads to /get, /redirect and /explain", async () => {
    const asked = (route: Route) => pics.url("a.jpg", { op: "resize", width: 30 }, { route, form });
    expect(await (await worker.fetch(await asked("get"))).json()).toMatchObject({ key: expect.any(String) });
    expect((await worker.fetch(await asked("redirect"), { redirect: "manual" })).status).toBe(301);
    const explained = await (await worker.fetch(await asked("explain"))).json();
    expect(explained).toMatchObject({ canonical: "op=resize&path=a.jpg&w=30", signature: { required: true } });
  });
});

it("url() asks for a source by its address", async () => {
  const source: Source = { url: `${originUrl}/picture/a%20b.html?c=d&e=+f` };
  const url = await pics.url(source, { op: "resize", width: 2, format: "png" });
  expect(await sizeOf(await worker.fetch(url))).toMatch(/^png 2x/);
});

it("url() has a picture made again", async () => {
  const made = async (force: boolean) =>
    (await worker.fetch(await pics.url("a.jpg", { op: "resize", width: 31 }, { force }))).headers.get("x-cache");
  expect([await made(false), await made(false), await made(true)]).toEqual(["made", "stored", "made"]);
});

it.for(VECTORS)("sign() with %s of %s is %s, as picfit has it", async ([secret, query, signature]) => {
  const pairs = [...new URLSearchParams(query)].reverse().map(([name, value]) => [name, value] as const);
  const signed = await sign(orderOfOperations(pairs), secret);
  expect(signed.at(-1)).toEqual(["sig", signature]);
  expect(await sign(signed, secret)).toEqual(signed);
});

/** Names may come in any order, operations may not. */
const orderOfOperations = (pairs: readonly (readonly [string, string])[]) => [
  ...pairs.filter(([name]) => name === "op").reverse(),
  ...pairs.filter(([name]) => name !== "op"),
];
