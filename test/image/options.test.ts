import { describe, expect, it } from "vitest";
import { isOriginal, parseOptions } from "../../src/image/options.ts";
import { readParameters } from "../../src/image/parameters.ts";

const LIMITS = {
  maxParameters: 64,
  maxOperations: 16,
  maxOutputSide: 8192,
  maxOutputPixels: 12e6,
  allowedSizes: undefined,
};

const parse = (query: string, limits: Partial<Parameters<typeof parseOptions>[1]> = {}) =>
  parseOptions(readParameters("", new URLSearchParams(query), LIMITS), { ...LIMITS, ...limits });

const P = "path=a.png&";

it.for([
  ["", "Request should contains parameters or query string"],
  ["op=resize", "Request should contains parameters or query string"],
  ["path=&url=&op=resize", "Request should contains parameters or query string"],
  ["path=a.png", "`op` parameter or query string cannot be empty"],
  ["path=a.png&op=", "`op` parameter or query string cannot be empty"],
  [`${P}op=resize&op=w:1`, "`op` parameter or query string cannot be empty"],
  [`${P}op=Resize`, "Invalid method Resize or invalid parameters"],
  [`${P}op=op:resize+w:100`, "Invalid method op:resize w:100 or invalid parameters"],
  [`${P}op=resize&op=op:nope`, "Invalid method nope or invalid parameters"],
] as const)("parseOptions() refuses %s with picfit's words", ([query, words]) => {
  expect(() => parse(query)).toThrow(expect.objectContaining({ status: 400, code: "invalid_parameter" }));
  expect(() => parse(query)).toThrow(words);
});

it.for([
  "w=-1",
  "w=10.5",
  "w=",
  "w=abc",
  "w=65536",
  "w=1e3",
  "w=0x10",
  "h=%2B50",
  "q=101",
  "q=-1",
  "q=x",
  "deg=45",
  "deg=",
  "upscale=yes",
  "upscale=",
  "fmt=",
  "fmt=JPG",
  "fmt=tiff",
  "fmt=svg",
  "stick=middle",
  "filter=",
  "filter=sharpen",
  "bg=zz",
  "x=-1",
  "format=",
  "w=%00",
])("parseOptions() refuses %s whatever the operation", (pair) => {
  expect(() => parse(`${P}op=noop&${pair}`)).toThrow(
    expect.objectContaining({ status: 400, code: "invalid_parameter" }),
  );
  expect(() => parse(`${P}op=noop&op=op:resize+${pair.replace("=", ":")}`)).toThrow(
    expect.objectContaining({ status: 400 }),
  );
});

it.for([
  "w=050",
  "w=65535&h=1",
  "upscale=T",
  "upscale=False",
  "q=0",
  "q=100",
  "deg=270",
  "fmt=jpeg",
  "fmt=avif",
  "color=nothing",
])("parseOptions() takes %s", (pair) => {
  parse(`${P}op=noop&${pair}`, { maxOutputSide: 65_535 });
});

it("parseOptions() knows the long names", () => {
  const options = parse(`${P}op=resize&width=10&height=20&format=jpeg`);
  expect(options.format).toBe("jpg");
  expect(options.operations[0].box).toEqual({ width: 10, height: 20 });
  expect(() => parse(`${P}op=resize&width=10&w=10`)).toThrow(expect.objectContaining({ code: "duplicate_parameter" }));
});

it("parseOptions() lets the first of a repeated parameter count", () => {
  expect(parse(`${P}op=resize&w=10&w=20`).operations[0].box).toEqual({ width: 10, height: 0 });
});

it("parseOptions() loads url where path is given too", () => {
  expect(parse("url=https://x.test/a&path=b&op=noop").source).toEqual({ url: "https://x.test/a" });
});

it("parseOptions() takes the quality of the last operation that names one", () => {
  expect(parse(`${P}op=resize&q=50`).quality).toBe(50);
  expect(parse(`${P}op=op:resize+q:10&op=op:flip+pos:h+q:20&op=rotate&q=50`).quality).toBe(20);
});

it("parseOptions() ends a token's value at its next colon", () => {
  expect(parse(`${P}op=noop&op=op:flat+path:a:b+path:c`).operations[1].foregrounds).toEqual(["a", "c"]);
});

it.for(["1", "true", "x", "0"])("parseOptions() forces by force=%s", (force) => {
  expect(parse(`${P}op=noop&force=${force}`).force).toBe(true);
});

it("parseOptions() does not force by an empty value", () => {
  expect(parse(`${P}op=noop&force=`).force).toBe(false);
});

it("isOriginal() is true for noop without a format", () => {
  expect(isOriginal(parse(`${P}op=noop&w=10`))).toBe(true);
  expect(isOriginal(parse(`${P}op=noop&fmt=png`))).toBe(false);
  expect(isOriginal(parse(`${P}op=noop&op=rotate`))).toBe(false);
});

it("parseOptions() refuses a 17th operation", () => {
  const query = (count: number) => `${P}${Array(count).fill("op=noop").join("&")}`;
  expect(parse(query(16)).operations).toHaveLength(16);
  expect(() => parse(query(17))).toThrow(expect.objectContaining({ status: 400, code: "too_many_operations" }));
});

describe("sizes", () => {
  const allowedSizes = [
    { width: 100, height: 100 },
    { width: 480, height: 0 },
  ];
  const forbidden = expect.objectContaining({ status: 403, code: "size_not_allowed" });

  it.for([
    "op=resize&w=100&h=100",
    "op=resize&w=480",
    "op=resize&w=480&h=0",
    "op=rotate",
    "op=noop",
    "op=noop&op=op:resize+w:480",
  ])("allows %s", (query) => {
    parse(P + query, { allowedSizes });
  });

  it.for([
    "op=resize&w=50&h=50",
    "op=resize&w=100",
    "op=resize&h=100",
    "op=resize",
    "op=rotate&w=50&h=50",
    "op=resize&w=100&h=100&op=op:resize+w:50",
    "op=noop&op=op:thumbnail+w:9+h:9",
    "op=resize&width=50",
    "op=noop&op=op:flat+path:p+stick:top-left+w:9",
  ])("forbids %s", (query) => {
    expect(() => parse(P + query, { allowedSizes })).toThrow(forbidden);
  });

  it.for(["op=resize&w=8193", "op=resize&w=4000&h=4000", "op=noop&op=op:resize+w:9000"])(
    "finds %s too large",
    (query) => {
      expect(() => parse(P + query)).toThrow(expect.objectContaining({ status: 422, code: "output_too_large" }));
    },
  );

  it("takes the largest output", () => {
    parse(`${P}op=resize&w=8192`);
    parse(`${P}op=resize&w=4000&h=3000`);
  });
});
