import { describe, expect, it } from "vitest";
import { edgefit, OWNER, printed, workerUrl } from "./support/edgefit.ts";
import { sizeOf } from "./support/picture.ts";
import { SECRETS } from "./support/secrets.ts";

async function pictureAt(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) return String(response.status);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.headers.get("content-type") === "image/png"
    ? sizeOf(bytes)
    : `${response.headers.get("content-type")}`;
}

describe("edgefit url", () => {
  it.for([
    [["a.png", "--width", "30"], "30x20"],
    [["a.png", "--op", "thumbnail", "--width", "9", "--height", "9"], "9x9"],
    [["a b/é?.png", "--op", "rotate"], "40x60"],
    [["a.png", "--op", "resize,width=30", "--op", "rotate,degrees=270", "--form", "query"], "20x30"],
    [["a.png", "--op", "flat,paths=b.png+c.png,stick=top-left,width=9"], "60x40"],
    [["a.png", "--op", "flat", "--paths", "b.png", "--position", "0.0.50.50", "--color", "fff"], "60x40"],
    [["a.png", "--format", "webp"], "image/webp"],
  ] as const)("%j is answered with %s", async ([args, picture]) => {
    expect(await pictureAt(await printed(["url", ...args]))).toBe(picture);
  });

  it("signs nothing where there is no secret", async () => {
    expect(await printed(["url", "a.png", "--width", "30"], { env: {} })).toBe("/display/resize/30x/a.png");
    const base = await printed(["url", "a.png", "--base", "https://x.test/pics/"], { env: {} });
    expect(base).toBe("https://x.test/pics/display/noop/x/a.png");
  });

  it("signs with no list of keys, which the Worker would take apart", async () => {
    const { code, err, out } = await edgefit(["url", "a.png"], { env: { EDGEFIT_SECRET: '["new","old"]' } });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Cannot sign with a list of keys");
  });

  it("lets no URL end that it cannot sign", async () => {
    const { code, err, out } = await edgefit(["url", "a.png", "--expires", "1h"], { env: {} });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Cannot let a URL end without a secret");
  });

  it("asks other routes", async () => {
    const url = await printed(["url", "a.png", "--width", "30", "--route", "get", "--expires", "1h"]);
    expect(await (await fetch(url)).json()).toMatchObject({ key: expect.any(String) });
    const explained = await fetch(await printed(["sign", "/explain/resize/30x/a.png"]));
    expect(await explained.json()).toMatchObject({ canonical: "op=resize&path=a.png&w=30" });
  });

  it.for([
    [["a.png", "--width", "x"], "Cannot parse w"],
    [["a.png", "--op", "turn"], "Cannot run turn"],
    [["a.png", "--op", "rotate", "--width", "3"], "Cannot use width with rotate"],
    [["a.png", "--op", "rotate,degrees"], "Cannot read degrees: expected option=value"],
    [["a.png", "--op", "flat,pos=0.0.9.9,colorf"], "Cannot read colorf"],
    [["a.png", "--op", "rotate,"], "Cannot read nothing"],
    [["a.png", "--op", "effect"], "filter=blur"],
    [["a.png", "--op", "noop", "--op", "flat,paths=a b.png"], "no space"],
    [["a.png", "--form", "x"], "Cannot write the form x"],
    [["a.png", "--route", "upload"], "Cannot ask upload"],
    [["a.png", "--expires", "1y"], 'Cannot read "1y" as a time'],
    [["a.png", "--algorithm", "md5"], "Cannot sign by md5"],
    [["a.png", "--base", "pics.test"], "Cannot use pics.test"],
    [["a.png", "--secret-from", "NOT_SET"], "Cannot read the secret: NOT_SET is empty"],
  ] as const)("%j is refused", async ([args, message]) => {
    const { code, err, out } = await edgefit(["url", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });
});

describe("edgefit sign", () => {
  it.for([
    "/display/resize/30x/a.png?fmt=png",
    "/display/noop/x/a.png?op=op:resize+w:30",
    "/display?path=a+b/%C3%A9%3F.png&op=resize&w=30",
    "/display/a.png?op=op:resize+w:30&op=noop",
    `${workerUrl}/display/0000000000000000000000000000000000000000/resize/30x/a.png`,
  ])("%s", async (url) => {
    const signed = await printed(["sign", url]);
    expect(await pictureAt(signed)).toBe("30x20");
    expect(await pictureAt(await printed(["sign", signed]))).toBe("30x20");
    expect(new URL(signed).search.includes("path=")).toBe(/path=|=op:resize.*&op/.test(url));
  });

  it("reads the secret from where it is told to", async () => {
    const url = `${workerUrl}/display/noop/x/a.png`;
    const named = await printed(["sign", url, "--secret-from", "OTHER"], { env: { OTHER: SECRETS.SECRET_KEY } });
    const piped = await printed(["sign", url, "--secret-from", "-"], { env: {}, input: `${SECRETS.SECRET_KEY}\n` });
    expect([await pictureAt(named), piped]).toEqual(["60x40", named]);
  });

  it("ends URLs, and prints JSON", async () => {
    const { urls } = JSON.parse(
      await printed(["sign", "/get/noop/x/a.png?exp=1", "/get/a.png", "--expires", "1h", "--json"]),
    );
    expect(urls).toHaveLength(2);
    for (const url of urls) {
      const exp = Number(new URL(url).searchParams.get("exp"));
      expect(Math.abs(exp - Date.now() / 1000 - 3600)).toBeLessThan(60);
      expect((await fetch(url)).status).toBe(200);
    }
  });

  it.for([
    [["/upload"], OWNER, "Cannot sign /upload"],
    [["/display/a.png"], {}, "without a secret"],
    [["/display?path=a&path=b&op=noop"], OWNER, "path more than once"],
    [["/display/"], OWNER, "path or url"],
    [["/display/resize/30x/a.png", "/display/turn/30x/a.png"], OWNER, "Invalid method turn"],
    [["/get?path=a.png&op=resize&w=x"], OWNER, "Cannot parse w"],
    [[], OWNER, "expected URL..."],
  ] as const)("%j is refused", async ([args, env, message]) => {
    const { code, err } = await edgefit(["sign", ...args], { env });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe("edgefit srcset", () => {
  it("writes an <img> whose every URL is answered", async () => {
    const html = await printed(["srcset", "a b/é?.png", "--widths", "10,20", "--sizes", "50vw", "--alt", 'a "b" & <c']);
    expect(html).toMatch(/^<img src="[^"]+" srcset="[^"]+" sizes="50vw" alt="a &quot;b&quot; &amp; &lt;c">$/);
    const [, srcset] = /srcset="([^"]+)"/.exec(html) ?? [];
    const sizes = srcset
      .replaceAll("&amp;", "&")
      .split(", ")
      .map(async (each) => {
        const [url, width] = each.split(" ");
        return [await pictureAt(url), width];
      });
    expect(await Promise.all(sizes)).toEqual([
      ["10x7", "10w"],
      ["20x13", "20w"],
    ]);
  });

  it("writes a <picture>", async () => {
    const args = [
      "srcset",
      "a.png",
      "--widths",
      "16",
      "--formats",
      "avif,webp",
      "--op",
      "thumbnail",
      "--width",
      "16",
      "--height",
      "9",
    ];
    const lines = (await printed(args, { env: {} })).split("\n");
    expect(lines).toEqual([
      "<picture>",
      '  <source type="image/avif" srcset="/display/thumbnail/16x9/a.png?fmt=avif 16w">',
      '  <source type="image/webp" srcset="/display/thumbnail/16x9/a.png?fmt=webp 16w">',
      '  <img src="/display/thumbnail/16x9/a.png" srcset="/display/thumbnail/16x9/a.png 16w" width="16" height="9" alt="">',
      "</picture>",
    ]);
    expect(JSON.parse(await printed([...args, "--json"])).sources).toHaveLength(2);
  });

  it("does what stands before the last operation for each width", async () => {
    const args = ["--op", "crop,x=1,width=9,height=6", "--op", "thumbnail,width=4,height=2"];
    const { srcset } = JSON.parse(
      await printed(["srcset", "a.png", ...args, "--widths", "8", "--format", "webp", "--json"], { env: {} }),
    );
    expect(srcset).toBe("/display/crop/9x6/a.png?x=1&fmt=webp&op=op:thumbnail+w:8+h:4 8w");
  });

  it.for([
    [["--op", "rotate"], "expected resize, thumbnail, fit as the last operation"],
    [["--op", "resize", "--op", "rotate"], "as the last operation"],
    [["--widths", "0"], "--widths"],
    [["--formats", "tiff"], "Cannot parse fmt"],
  ] as const)("%j is refused", async ([args, message]) => {
    const { code, err } = await edgefit(["srcset", "a.png", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
