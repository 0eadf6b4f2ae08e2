import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../../src/operation/operations.ts";
import { exampleCard, moved, newCard, withText } from "../../../web/playground/model/recipe.ts";
import { planOf, sizesAlong } from "../../../web/playground/model/sizes.ts";

const SOURCE = { width: 400, height: 300 };
const PHOTO = { width: 4000, height: 3000 };

describe("moved()", () => {
  const cards = ["resize", "crop", "rotate"].map((name) => newCard(name, {}));
  it.for([
    [0, 2, "crop rotate resize"],
    [2, 0, "rotate resize crop"],
    [1, 1, "resize crop rotate"],
    [1, -5, "crop resize rotate"],
    [1, 9, "resize rotate crop"],
  ] as const)("takes card %i to place %i", ([from, to, expected]) => {
    const { cards: order } = moved({ source: "", cards, output: {} }, cards[from].id, to);
    expect(order.map(({ operation }) => operation).join(" ")).toBe(expected);
  });
});

describe("withText()", () => {
  it("takes an empty text for one that is not given", () => {
    expect(withText({ width: "3", x: "1" }, "width", "")).toEqual({ x: "1" });
  });
});

describe("sizesAlong()", () => {
  it("tells what goes into each card, and what comes out", () => {
    const cards = [newCard("resize", { width: "200" }), newCard("rotate", {}), newCard("crop", { height: "50" })];
    expect(sizesAlong(cards, SOURCE)).toEqual([
      SOURCE,
      { width: 200, height: 150 },
      { width: 150, height: 200 },
      { width: 150, height: 50 },
    ]);
  });

  it.for([
    newCard("resize", { width: "x" }),
    newCard("crop", { x: "999" }),
    newCard("flip", {}),
    newCard("unknown", {}),
  ])("counts what will be refused as nothing: $operation", (card) => {
    expect(sizesAlong([card], SOURCE)).toEqual([SOURCE, SOURCE]);
  });
});

describe("exampleCard()", () => {
  it.for([...OPERATIONS.keys()].filter((name) => name !== "noop"))("of %s has an effect", (name) => {
    expect(planOf(exampleCard(name), PHOTO)?.steps.length).toBeGreaterThan(0);
  });
});
