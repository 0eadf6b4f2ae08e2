import { describe, expect, it } from "vitest";
import { chooseFormat } from "../../src/avatar/format.ts";

const upload = { own: "jpg", possible: ["png", "jpg", "webp"] } as const;
const withAvif = { own: "jpg", possible: ["png", "jpg", "webp", "avif"] } as const;
const drawing = { own: "png", possible: ["png", "jpg", "webp", "svg"] } as const;

describe("chooseFormat()", () => {
  it.for([
    [undefined, null, "jpg"],
    [undefined, "*/*", "jpg"],
    [undefined, "image/*", "jpg"],
    [undefined, "image/avif,image/webp,image/apng,*/*;q=0.8", "webp"],
    [undefined, "image/webp;q=0, */*", "jpg"],
    [undefined, "image/webp;q=0.000, */*", "jpg"],
    [undefined, "IMAGE/WEBP ; q=0.1", "webp"],
    ["png", "image/webp", "png"],
    ["svg", "image/webp", "jpg"],
    ["avif", "image/webp", "jpg"],
  ] as const)("of an upload asked for as %s by %s is %s", ([asked, accept, format]) =>
    expect(chooseFormat(asked, accept, upload)).toBe(format),
  );

  it("prefers AVIF where it is switched on and named", () => {
    expect(chooseFormat(undefined, "image/webp,image/avif", withAvif)).toBe("avif");
    expect(chooseFormat(undefined, "image/webp", withAvif)).toBe("webp");
  });

  it("never gives SVG to whoever did not ask for it", () => {
    expect(chooseFormat(undefined, "image/svg+xml,image/*", drawing)).toBe("png");
    expect(chooseFormat("svg", null, drawing)).toBe("svg");
  });
});
