import { expect, it } from "vitest";
import { readParameters } from "../../src/image/parameters.ts";

const read = (remainder: string, query = "") =>
  Object.fromEntries(readParameters(remainder, new URLSearchParams(query), { maxParameters: 64 }));

it.for([
  ["resize/100x50/a.png", { op: ["resize"], w: ["100"], h: ["50"], path: ["a.png"] }],
  ["resize/100x/a.png", { op: ["resize"], w: ["100"], path: ["a.png"] }],
  ["resize/x50/a.png", { op: ["resize"], h: ["50"], path: ["a.png"] }],
  ["resize/x/a.png", { op: ["resize"], path: ["a.png"] }],
  ["abc/resize/1x2/a.png", { sig: ["abc"], op: ["resize"], w: ["1"], h: ["2"], path: ["a.png"] }],
  ["a/b/resize/10x10/p.png", { sig: ["b"], op: ["resize"], w: ["10"], h: ["10"], path: ["p.png"] }],
  ["resize/1x2/sub/dir/a.png", { op: ["resize"], w: ["1"], h: ["2"], path: ["sub/dir/a.png"] }],
  ["resize/1x2/3x4/a.png", { op: ["resize"], w: ["1"], h: ["2"], path: ["3x4/a.png"] }],
  ["resize/1x2/name with space.png", { op: ["resize"], w: ["1"], h: ["2"], path: ["name with space.png"] }],
  ["resize/1x2/at@2x.png", { op: ["resize"], w: ["1"], h: ["2"], path: ["at@2x.png"] }],
] as const)("readParameters() reads the path form %s", ([remainder, expected]) => {
  expect(read(remainder)).toEqual(expected);
});

it.for(["100/a.png", "resize/10X10/a.png", "resize/-10x10/a.png", "resize/10x10/", "photo.jpg", "10x10/a.png"])(
  "readParameters() takes %s for the name of an original",
  (remainder) => {
    expect(read(remainder)).toEqual({ path: [remainder], op: ["noop"] });
  },
);

it("readParameters() lets the query replace the path form's values and append operations", () => {
  expect(read("s/resize/1x2/a.png", "w=9&path=b.png&sig=t&op=flip&fmt=png")).toEqual({
    sig: ["t"],
    op: ["resize", "flip"],
    w: ["9"],
    h: ["2"],
    path: ["b.png"],
    fmt: ["png"],
  });
});

it("readParameters() takes + and %20 for a space and keeps repeated values in order", () => {
  expect(read("", "op=op:resize+w:100&op=op:rotate%20deg:90&w=1&w=2")).toEqual({
    op: ["op:resize w:100", "op:rotate deg:90"],
    w: ["1", "2"],
  });
});

it("readParameters() works as a query form where the path matches nothing", () => {
  expect(read("ignored", "path=a.png&op=resize")).toEqual({ path: ["a.png"], op: ["resize"] });
});

it("readParameters() refuses more than 64 parameters", () => {
  const query = (count: number) => Array.from({ length: count }, (_, index) => `p${index}=1`).join("&");
  expect(Object.keys(read("", query(64)))).toHaveLength(64);
  expect(() => read("", query(65))).toThrow(expect.objectContaining({ status: 400, code: "invalid_parameter" }));
});

it("readParameters() reads an 8 KB path in linear time", () => {
  expect(read(`${"a/".repeat(4_000)}1x1/z`)).toMatchObject({ path: ["z"] });
});

it("readParameters() is not fooled by names of Object.prototype", () => {
  expect(readParameters("", new URLSearchParams("__proto__=1&constructor=2"), { maxParameters: 64 }).size).toBe(2);
});
