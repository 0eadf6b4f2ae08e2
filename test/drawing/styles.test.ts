import { describe, it } from "vitest";
import { contrastOf, WHITE } from "../../src/drawing/colour.ts";
import { createDice } from "../../src/drawing/dice.ts";
import type { DisplayList } from "../../src/drawing/display-list.ts";
import { pickPalette } from "../../src/drawing/palette.ts";
import { findStyle, STYLES } from "../../src/drawing/styles.ts";
import { toSvg } from "../../src/drawing/svg.ts";
import { sha256Hex } from "../../src/platform/crypto.ts";
import { drawn, request } from "./support.ts";

const SEEDS = Array.from({ length: 1000 }, (_, at) => `seed ${at}`);
const VARIED = STYLES.map(({ name }) => name).filter((name) => name !== "mp" && name !== "blank");
const FIGURES = ["monsterid", "wavatar", "robohash"];

const groundOf = (list: DisplayList) => list.shapes[0].colour;
const svgOf = (name: string, seed: string) => toSvg(drawn(name, { seed, name: "Élodie Brun" }), 80);

describe("findStyle()", () => {
  it.for(["mp", "mm", "mystery"])("knows the silhouette as %s", (name, { expect }) => {
    expect(findStyle(name)?.name).toBe("mp");
  });

  it.for(["404", "MP", "", "toString"])("does not know %j", (name, { expect }) => {
    expect(findStyle(name)).toBeUndefined();
  });
});

describe("STYLES", () => {
  it("are those that can be asked for", ({ expect }) => {
    expect(STYLES.map(({ name }) => name).sort()).toEqual(
      [
        ...["blank", "color", "identicon", "initials", "monsterid"],
        ...["mp", "pagan", "retro", "robohash", "wavatar"],
      ].sort(),
    );
  });

  it("differ from each other for the same seed", ({ expect }) => {
    expect(new Set(STYLES.map(({ name }) => svgOf(name, "same"))).size).toBe(STYLES.length);
  });

  it.for(VARIED)("of 24 seeds %s draws at least 22 differently", (name, { expect }) => {
    expect(new Set(SEEDS.slice(0, 24).map((seed) => svgOf(name, seed))).size).toBeGreaterThanOrEqual(22);
  });

  it.for(["monsterid", "wavatar", "robohash", "pagan"])(
    "no two of a thousand seeds look alike in %s",
    (name, { expect }) => {
      expect(new Set(SEEDS.map((seed) => svgOf(name, seed))).size).toBe(1000);
    },
  );

  it.for(STYLES)("$name draws nothing of a prototype's", (style, { expect }) => {
    expect(() => style.draw(request({ seed: "__proto__", name: "constructor" }))).not.toThrow();
  });

  it("take the colours that are asked for", ({ expect }) => {
    const background = { red: 1, green: 2, blue: 3, alpha: 128 };
    const foreground = { red: 250, green: 240, blue: 230, alpha: 255 };
    for (const { name } of STYLES.filter((style) => style.name !== "blank" && style.name !== "color")) {
      const { shapes } = drawn(name, { background, foreground });
      expect(shapes[0].colour, name).toEqual(background);
      expect(
        shapes.some(({ colour }) => colour === foreground),
        name,
      ).toBe(true);
    }
    expect(groundOf(drawn("color", { background }))).toEqual(background);
  });
});

describe("contrast, for a thousand seeds", () => {
  it("of white letters on their ground is at least 4.5", ({ expect }) => {
    for (const seed of SEEDS)
      expect(contrastOf(groundOf(drawn("initials", { seed })), WHITE)).toBeGreaterThanOrEqual(4.5);
  });

  it.for(["mp", "retro"])("of the two colours of %s is at least 3", (name, { expect }) => {
    for (const seed of SEEDS) {
      const { shapes } = drawn(name, { seed });
      expect(contrastOf(shapes[0].colour, shapes[1].colour)).toBeGreaterThanOrEqual(3);
    }
  });

  it.for(FIGURES)(
    "of the body of %s with its ground, with the pattern and with ink is at least 3",
    (name, { expect }) => {
      for (const seed of SEEDS) {
        const { ground, pattern, body, ink } = pickPalette(createDice(name, seed), request());
        expect(Math.min(...[ground, pattern, ink].map((colour) => contrastOf(colour, body)))).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it("of the outline of pagan with sky and floor is at least 3", ({ expect }) => {
    for (const seed of SEEDS) {
      const [sky, floor, ink] = drawn("pagan", { seed }).shapes.map(({ colour }) => colour);
      expect(Math.min(contrastOf(sky, ink), contrastOf(floor, ink))).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("initials", () => {
  it.for([{}, { name: "   " }, { name: "@example.com" }, { name: "李小龙" }, { initials: "🦊" }, { name: "g\u0303" }])(
    "are left to the next style for %j",
    (some, { expect }) => {
      expect(findStyle("initials")?.draw(request(some))).toBeUndefined();
    },
  );

  it("have outlines for the alphabets of Europe and of Vietnam, in both weights", ({ expect }) => {
    const latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ÀÇÐÉÑØÞßĄĆĐĞĦİŁŐŒŠŢŽƠƯẠẢẤỀỘỮỴ&#?!€";
    const others = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈϊАБВГҐДЂЕЄЖЗИІЇЙЈКЛЉМНОПРСТЋУЎФХЦЧЏШЩЪЫЬЭЮЯЁЀ";
    for (const letter of latin + others)
      for (const bold of [false, true])
        for (const form of letter === "İ" ? [letter] : [letter, letter.toLowerCase()])
          expect(findStyle("initials")?.draw(request({ initials: form, uppercase: false, bold })), form).toBeDefined();
  });

  it("in bold are others", ({ expect }) => {
    expect(drawn("initials", { bold: true })).not.toEqual(drawn("initials"));
  });

  it.for(["A", "WW", "MWM", "ij", "ÉB", "gy", "QJ", "ẪỘ"])(
    "%s stay in the middle and clear of a round mask",
    (letters, { expect }) => {
      const list = drawn("initials", { initials: letters, uppercase: false, length: 3 });
      const [, text] = list.shapes;
      const points = text.kind === "path" ? text.commands.flatMap(([, ...numbers]) => [numbers.slice(-2)]) : [];
      const xs = points.flatMap(([x]) => x ?? []);
      expect(Math.abs(Math.min(...xs) + Math.max(...xs) - 100)).toBeLessThan(1.5);
      for (const [x, y] of points) if (x !== undefined) expect((x - 50) ** 2 + (y - 50) ** 2).toBeLessThan(49 ** 2);
    },
  );
});

describe("a released drawing stays as it is; a new drawing wants a new name", () => {
  it.for(STYLES)("$name", async ({ name }, { expect }) => {
    const all = SEEDS.slice(0, 200).map((seed) => svgOf(name, seed));
    expect(await sha256Hex(all.join("\n"))).toMatchSnapshot();
  });
});
