import { describe, expect, it } from "vitest";
import { edgefit } from "../../client/index.ts";

const pics = edgefit({ base: "https://pics.test/" });

describe("url()", () => {
  it.for([
    ["a.jpg", undefined, "/display/noop/x/a.jpg"],
    ["a.jpg", { op: "resize", width: 800 }, "/display/resize/800x/a.jpg"],
    [
      "photos/a b.jpg",
      { op: "resize", width: 800, format: "webp", quality: 80 },
      "/display/resize/800x/photos/a%20b.jpg?fmt=webp&q=80",
    ],
    ["a.jpg", { op: "thumbnail", width: 8, height: 6, upscale: false }, "/display/thumbnail/8x6/a.jpg?upscale=0"],
    ["a.jpg", { format: "png", background: "fff" }, "/display/noop/x/a.jpg?fmt=png&bg=fff"],
    [
      "a.jpg",
      [
        { op: "resize", width: 6 },
        { op: "rotate", degrees: 90 },
      ],
      "/display/resize/6x/a.jpg?op=op:rotate+deg:90",
    ],
    [
      "a.jpg",
      { op: "flat", paths: ["b.png", "c.png"], stick: "top-left", width: 20, format: "png" },
      "/display/noop/x/a.jpg?fmt=png&op=op:flat+stick:top-left+w:20+path:b.png+path:c.png",
    ],
    [
      { url: "https://x.test/a b.jpg?c=d&e" },
      { op: "fit", width: 9, height: 9 },
      "/display?url=https://x.test/a+b.jpg%3Fc%3Dd%26e&op=fit&w=9&h=9",
    ],
    ["a//../b.jpg", { op: "resize", width: 9 }, "/display?path=a//../b.jpg&op=resize&w=9"],
    ["100%+é?.jpg", { op: "resize", width: 9 }, "/display/resize/9x/100%25%2B%C3%A9%3F.jpg"],
  ] as const)("%j %j", ([source, edit, url]) => {
    expect(pics.url(source, edit)).toBe(`https://pics.test${url}`);
  });

  it("takes route, form and what comes out from the settings", () => {
    const settings = { route: "get", form: "query", format: "avif", force: true } as const;
    expect(pics.url("a b.jpg", [{ op: "flip", position: "h" }], settings)).toBe(
      "https://pics.test/get?path=a+b.jpg&op=flip&pos=h&fmt=avif&force=1",
    );
  });

  it("refuses what a list cannot hold", () => {
    const edit = [{ op: "noop" }, { op: "flat", paths: ["a b.png"] }] as const;
    expect(() => pics.url("a.jpg", edit)).toThrow(RangeError);
  });
});
