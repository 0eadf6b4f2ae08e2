import { describe, expect, it } from "vitest";
import { bestVariant, offeredVariants, parseVariant } from "../../src/avatar/variant.ts";

describe("parseVariant()", () => {
  it.for([
    ["1", 128],
    ["128", 128],
    ["129", 256],
    ["300", 512],
    ["600", 1024],
    ["1024", 1024],
    ["5000", 1024],
    ["huge", 256],
    ["-5", 256],
    ["12.5", 256],
    ["", 256],
    ["large", 512],
    [undefined, 256],
  ] as const)("makes %s %i pixels", ([text, px]) => expect(parseVariant(text).px).toBe(px));
});

describe("offeredVariants()", () => {
  it.for([
    [1, ["small"]],
    [100, ["small"]],
    [128, ["small"]],
    [255, ["small"]],
    [256, ["small", "medium"]],
    [300, ["small", "medium"]],
    [1023, ["small", "medium", "large"]],
    [2048, ["small", "medium", "large", "original"]],
  ] as const)("of %i pixels are %s", ([side, names]) =>
    expect(offeredVariants(side).map(({ name }) => name)).toEqual(names),
  );
});

describe("bestVariant()", () => {
  it("is the largest that is offered, not beyond what is wanted", () => {
    expect(bestVariant(300).name).toBe("medium");
    expect(bestVariant(300, parseVariant("large")).name).toBe("medium");
    expect(bestVariant(2048, parseVariant("small")).name).toBe("small");
    expect(bestVariant(100, parseVariant("large")).name).toBe("small");
  });
});
