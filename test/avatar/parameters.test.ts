import { describe, expect, it } from "vitest";
import { isAllowed, readParameters } from "../../src/avatar/parameters.ts";

const read = (query: string, extension?: string) => readParameters(new URLSearchParams(query), extension);

describe("readParameters()", () => {
  it.for([
    ["", 80],
    ["s=1", 1],
    ["s=0", 80],
    ["s=-5", 80],
    ["s=12.5", 80],
    ["s=abc", 80],
    ["s=2048", 2048],
    ["s=9999", 2048],
    ["s=99999999999999999999", 2048],
    ["size=200", 200],
    ["s=100&size=200", 100],
    ["s=abc&size=200", 80],
  ] as const)("reads %s as %i pixels", ([query, px]) => expect(read(query).px).toBe(px));

  it.for([
    ["d=identicon", ["identicon"]],
    ["default=mp", ["mp"]],
    ["d=retro&default=mp", ["retro"]],
    ["d=initials, ,404", ["initials", "404"]],
    ["d=a,b,c,d,e", ["a", "b", "c", "d"]],
    ["", []],
  ] as const)("reads %s as the chain %s", ([query, words]) => expect(read(query).fallbacks).toEqual(words));

  it.for([
    ["f=y", true],
    ["f=Y", true],
    ["f=yes", true],
    ["f=1", true],
    ["forcedefault=true", true],
    ["f=n", false],
    ["f=", false],
  ] as const)("reads %s as %s", ([query, force]) => expect(read(query).force).toBe(force));

  it.for([
    ["bg=fff", 255],
    ["bg=804020", 0x80],
    ["bg=80402010", 0x80],
    ["bg=8042", undefined],
    ["bg=%23fff", undefined],
    ["bg=red", undefined],
  ] as const)("reads the red of %s as %s", ([query, red]) => expect(read(query).background?.red).toBe(red));

  it.for([
    ["format=webp", undefined, "webp"],
    ["format=webp", "png", "png"],
    ["format=webp", "JPEG", "jpg"],
    ["format=webp", "exe", "webp"],
    ["format=exe", undefined, undefined],
  ] as const)("reads %s with the extension %s as %s", ([query, extension, format]) =>
    expect(read(query, extension).format).toBe(format),
  );

  it.for([
    ["radius=50", 50, 80, 2],
    ["radius=51&q=101&length=4", 0, 80, 2],
    ["q=1&length=3", 0, 1, 3],
    ["q=0&length=0", 0, 80, 2],
  ] as const)("reads %s", ([query, radius, quality, length]) => {
    const parameters = read(query);
    expect([parameters.radius, parameters.quality, parameters.initials.length]).toEqual([radius, quality, length]);
  });
});

describe("isAllowed()", () => {
  it("shows a rating to whoever asks for at least that", () => {
    expect(read("r=PG").rating).toBe("pg");
    expect(read("rating=z").rating).toBe("g");
    expect(isAllowed("pg", "g")).toBe(false);
    expect(isAllowed("pg", "pg")).toBe(true);
    expect(isAllowed("g", "x")).toBe(true);
  });
});
