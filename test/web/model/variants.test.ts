import { describe, expect, it } from "vitest";
import { address, parametersOf } from "../../../web/playground/model/address.ts";
import { newCard, type Recipe, type Texts } from "../../../web/playground/model/recipe.ts";
import { curlSnippet, imgSnippet } from "../../../web/playground/model/snippets.ts";
import { variantsOf } from "../../../web/playground/model/variants.ts";

const PHOTO = { width: 4000, height: 3000 };

const recipe = (output: Texts, ...cards: readonly (readonly [string, Texts])[]): Recipe => ({
  source: "a.jpg",
  cards: cards.map(([operation, texts]) => newCard(operation, texts)),
  output,
});

const widths = (of: Recipe) => variantsOf(of, PHOTO).map(({ width }) => width);

describe("variantsOf()", () => {
  it("scales pixels from the first card that scales, and leaves those of the source alone", () => {
    const cropped = recipe(
      {},
      ["crop", { x: "100", width: "2000" }],
      ["resize", { width: "400" }],
      ["crop", { y: "30" }],
    );
    expect(variantsOf(cropped, PHOTO).map((variant) => address(parametersOf(variant.recipe)))).toEqual([
      "/display?path=a.jpg&op=crop&x=100&w=2000&op=op:resize+w:200&op=op:crop+y:15",
      "/display?path=a.jpg&op=crop&x=100&w=2000&op=op:resize+w:400&op=op:crop+y:30",
      "/display?path=a.jpg&op=crop&x=100&w=2000&op=op:resize+w:800&op=op:crop+y:60",
    ]);
  });

  it("knows what cannot be enlarged", () => {
    expect(widths(recipe({}, ["fit", { width: "3000", height: "3000" }]))).toEqual([1500, 3000, 4000]);
    expect(widths(recipe({}, ["fit", { width: "5000", height: "5000" }]))).toEqual([1000, 2000, 4000]);
  });

  it("offers nothing that is too large for its format", () => {
    expect(widths(recipe({ format: "avif" }, ["resize", { width: "1200" }]))).toEqual([600, 1200]);
    expect(widths(recipe({ format: "webp" }, ["resize", { width: "1200" }]))).toEqual([600, 1200, 2400]);
    expect(widths(recipe({}, ["resize", { width: "6000", height: "900" }]))).toEqual([3000, 6000]);
  });

  it("only makes it smaller where nothing scales", () => {
    expect(widths(recipe({}, ["rotate", {}]))).toEqual([750, 1500, 3000]);
  });
});

describe("snippets", () => {
  it("are safe where they are pasted", () => {
    expect(curlSnippet("http://x/display/it's.jpg", "a.jpg")).toBe("curl -o a.jpg 'http://x/display/it'\\''s.jpg'");
    expect(imgSnippet('http://x/?a="&lt=1', [], { width: 3, height: 2 })).toBe(
      '<img src="http://x/?a=&quot;&amp;lt=1"\n  width="3" height="2" alt="" loading="lazy">',
    );
  });
});
