import { describe, it } from "vitest";
import { parseColour } from "../../src/transform/colour-text.ts";

describe("parseColour()", () => {
  it.for<[string, number[]]>([
    ["0f0", [0, 255, 0, 255]],
    ["12C", [17, 34, 204, 255]],
    ["1234", [17, 34, 51, 68]],
    ["00ff7f", [0, 255, 127, 255]],
    ["00FF7f", [0, 255, 127, 255]],
    ["01020304", [1, 2, 3, 4]],
    ["ffffff00", [255, 255, 255, 0]],
  ])("reads %s", ([text, [red, green, blue, alpha]], { expect }) => {
    expect(parseColour(text)).toEqual({ red, green, blue, alpha });
  });

  it.for([
    "",
    "f",
    "ff",
    "fffff",
    "fffffff",
    "fffffffff",
    "#fff",
    "ggg",
    " fff",
    "fff\n",
    "0x1",
    "-12",
    "1.2",
    "red",
    "٣٣٣",
  ])("refuses %j", (text, { expect }) => {
    expect(parseColour(text)).toBeUndefined();
  });
});
