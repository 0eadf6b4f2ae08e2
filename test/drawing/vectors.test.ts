import { describe, it } from "vitest";
import { contrastOf } from "../../src/drawing/colour.ts";
import type { DisplayList, Rgba } from "../../src/drawing/display-list.ts";
import { lettersOf } from "../../src/drawing/letters.ts";
import { toRaster } from "../../src/drawing/raster.ts";
import { PALE } from "../../src/drawing/seed-colour.ts";
import { toImage } from "../../src/transform/image.ts";
import { drawn, request } from "./support.ts";

const ALICE = [
  ["c160f8cc69a4f0bf2b0362752353d060", "##### ..#.. #...# #.#.# .#.#.", "#868f24", "#737a1f"],
  ["fc2398a73dd54d6237c4fdb58fd7d75347cf5af3", "##### ##.## ..... #...# #.#.#", "#279b63", "#218353"],
  [
    "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976",
    "..#.. ..#.. #.#.# ##.## .###.",
    "#1c2892",
    "#2534c1",
  ],
] as const;

const colourOf = (list: DisplayList, layer: number): Rgba => list.shapes[layer].colour;
const toHex = ({ red, green, blue }: Rgba): string => `#${Uint8Array.of(red, green, blue).toHex()}`;

describe("identicon", () => {
  it.for(ALICE)("of %s is the published one", async ([seed, cells, colour], { expect }) => {
    const list = drawn("identicon", { seed });
    expect(toHex(colourOf(list, 1))).toBe(colour);
    const { data } = await toImage(toRaster(list, 120));
    const isOn = (row: number, column: number) => data[((20 + row * 20) * 120 + 20 + column * 20) * 4] !== PALE.red;
    const rows = [0, 1, 2, 3, 4].map((row) =>
      [0, 1, 2, 3, 4].map((column) => (isOn(row, column) ? "#" : ".")).join(""),
    );
    expect(rows.join(" ")).toBe(cells);
  });

  it.for([1, 2, 7, 12, 24, 31, 79, 80, 119, 120, 121, 500, 2048])(
    "gives a pixel at side %i to the cell that the rule names",
    async (side, { expect }) => {
      const [seed, cells] = ALICE[0];
      const rows = cells.split(" ");
      const list = drawn("identicon", { seed });
      const { data } = await toImage(toRaster(list, side));
      const cell = (at: number) => Math.floor((((at + 0.5) * 12) / side - 1) / 2);
      const colour = colourOf(list, 1);
      let wrong = 0;
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) {
          const expected = rows[cell(y)]?.[cell(x)] === "#" ? colour.red : PALE.red;
          if (data[(y * side + x) * 4] !== expected) wrong++;
        }
      expect(wrong).toBe(0);
    },
  );

  it("stands out from its background by 3 : 1 for a thousand seeds", ({ expect }) => {
    for (let seed = 0; seed < 1000; seed++) {
      const list = drawn("identicon", { seed: String(seed) });
      expect(contrastOf(colourOf(list, 1), PALE)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("color", () => {
  it.for(ALICE)("of %s is the published one, and the ground of initials", ([seed, , , ground], { expect }) => {
    expect(toHex(colourOf(drawn("color", { seed }), 0))).toBe(ground);
    expect(toHex(colourOf(drawn("initials", { seed, name: "A" }), 0))).toBe(ground);
  });
});

describe("initials", () => {
  it.for([
    ["John Doe", "JD", "JD"],
    ["madonna", "M", "M"],
    ["jean-luc picard", "JP", "JLP"],
    ["李小龙", "李", "李"],
    ["Élodie  Brun", "ÉB", "ÉB"],
    ["j.r.r. tolkien", "JT", "JRT"],
    ["alice@example.com", "A", "A"],
    ["<script>alert(1)</script>", "S", "S"],
    ["O'Neil", "O", "O"],
    ["ß", "SS", "SS"],
    ["Иван Петров", "ИП", "ИП"],
    ["   ", "", ""],
  ])("of %s are %s, or three: %s", ([name, two, three], { expect }) => {
    expect(lettersOf(request({ name, length: 2 })).join("")).toBe(two);
    expect(lettersOf(request({ name, length: 3 })).join("")).toBe(three);
  });

  it.for([
    ["a b", true, "AB"],
    ["a b c", false, "ab"],
    ["ß", true, "SS"],
  ] as const)("asked for as %s, in capitals: %s, are %s", ([initials, uppercase, letters], { expect }) => {
    expect(lettersOf(request({ initials, uppercase, name: "Zoe" })).join("")).toBe(letters);
  });

  it("keep their case when capitals are not wanted", ({ expect }) => {
    expect(lettersOf(request({ name: "different Case", uppercase: false })).join("")).toBe("dC");
  });
});
