import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../../src/operation/operations.ts";
import { parseFragment, toFragment } from "../../../web/playground/model/fragment.ts";
import { exampleCard, newCard, type Recipe } from "../../../web/playground/model/recipe.ts";

const withoutIds = ({ cards, ...rest }: Recipe) => ({ ...rest, cards: cards.map(({ id: _, ...card }) => card) });

const there = (recipe: Recipe) => withoutIds(parseFragment(toFragment(recipe)));

describe("toFragment()", () => {
  it("reads like the query that it stands for", () => {
    const cards = [newCard("resize", { width: "80" }), newCard("flat", { stick: "top-left" }, ["a/b.png"])];
    expect(toFragment({ source: "photos/cat.jpg", cards, output: { format: "webp", quality: "70" } })).toBe(
      "path=photos/cat.jpg&op=op:resize+w:80&op=op:flat+stick:top-left+path:a/b.png&fmt=webp&q=70",
    );
  });

  it("is empty where nothing is chosen", () => {
    expect(toFragment({ source: "", cards: [exampleCard("resize")], output: {} })).toBe("");
  });
});

describe("parseFragment()", () => {
  it.for([...OPERATIONS.keys()])("has back what was written of %s", (name) => {
    const recipe = { source: "a.jpg", cards: [exampleCard(name)], output: { background: "fff" } };
    expect(there(recipe)).toEqual(withoutIds(recipe));
  });

  it.for(["a b.jpg", "é/ü+&=#?%20.png", "a:b", "https://example.com/x?y=1&z=%2F", "日本.webp", "\ud800"])(
    "has back a name such as %s",
    (name) => {
      const whole = name.toWellFormed();
      const cards = [newCard("flat", { position: whole }, [whole, whole])];
      expect(there({ source: whole, cards, output: {} })).toEqual(withoutIds({ source: whole, cards, output: {} }));
    },
  );

  it.for([
    ["", { source: "", cards: [], output: {} }],
    ["path=a&op=op:none+w:3&op=resize&op=w:3&op", { source: "a", cards: [], output: {} }],
    ["path=a&op=op:rotate+w:3+deg:90+%ff:%ff+deg", "rotate deg:90"],
    ["fmt=png&w=3&__proto__=1&path=a", { source: "a", cards: [], output: { format: "png" } }],
  ] as const)("leaves out of %s what it does not understand", ([text, expected]) => {
    const cards = [{ operation: "rotate", texts: { degrees: "90" }, paths: [] }];
    expect(withoutIds(parseFragment(text))).toEqual(
      typeof expected === "string" ? { source: "a", cards, output: {} } : expected,
    );
  });
});
