import { describe, it } from "vitest";
import { hex } from "../../src/drawing/colour.ts";
import { STYLES } from "../../src/drawing/styles.ts";
import { toSvg } from "../../src/drawing/svg.ts";
import { request } from "./support.ts";

const ODD = [
  "<script>alert(1)</script>",
  '"><svg onload=alert(1)>',
  "&amp;&#x3c;",
  "]]><!--",
  "javascript:alert(1)",
  "\u0000\u202e\ud800",
  "url(#a)",
  "'/><image href=//x.test/y>",
  "𝕏 ﷽ ẞ ŉ",
  "a\r\nSet-Cookie: b",
];

/** Everything that a drawing may hold; the numbers and colours of it. */
const DOCUMENT =
  /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+"(?: shape-rendering="crispEdges")?>(?:<path d="[MLHVQCz\d. -]+" fill="#(?:[\da-f]{3}){1,2}"(?: fill-opacity="[\d.]+")?(?: fill-rule="evenodd")?\/>|<circle cx="-?[\d.]+" cy="-?[\d.]+" r="[\d.]+" fill="#(?:[\da-f]{3}){1,2}"(?: fill-opacity="[\d.]+")?\/>)*<\/svg>$/;

describe("toSvg()", () => {
  it.for(STYLES)("holds nothing but numbers and colours whatever is asked of $name", (style, { expect }) => {
    for (let at = 0; at < 1000; at++) {
      const odd = ODD[at % ODD.length];
      const text = `${odd}${at}`;
      const list = style.draw(request({ seed: text, name: text, initials: at % 3 ? undefined : odd, length: 3 }));
      if (list) expect(DOCUMENT.test(toSvg(list, 80)), text).toBe(true);
    }
  });

  it("writes short numbers and colours", ({ expect }) => {
    const list = {
      side: 10,
      antialias: true,
      shapes: [
        { kind: "polygon", points: [0, 0, 10, 0, 10, -0.5, 1 / 3, 10], colour: hex("#ffcc00") },
        { kind: "circle", x: 0.5, y: -0.25, radius: 2, colour: { ...hex("#123456"), alpha: 51 } },
      ],
    } as const;
    expect(toSvg(list, 64)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 10 10"><path d="M0 0H10V-.5L.333 10" fill="#fc0"/><circle cx=".5" cy="-.25" r="2" fill="#123456" fill-opacity=".2"/></svg>',
    );
  });
});
