import { describe, it } from "vitest";
import { openAs, readJpegHeader } from "../../src/codec/jpeg/header.ts";
import { createJpegEngine } from "../../src/engine/jpeg.ts";
import { jpegLayout, jpegMemoryBytes, type Shrink } from "../../src/engine/jpeg-layout.ts";
import { type FlatJpeg, flatJpeg } from "../support/jpeg.ts";

const component = { id: 1, across: 1, down: 1, dc: 1 };
const three = (across: number, down: number) => [
  { ...component, across, down },
  { ...component, id: 2 },
  { ...component, id: 3 },
];

describe("jpegMemoryBytes() is at least what the engine takes", () => {
  it.for([
    ["gray", { width: 1000, height: 700, components: [component] }],
    ["4:2:0", { width: 1999, height: 300, components: three(2, 2) }],
    ["4:1:1", { width: 1999, height: 300, components: three(4, 1) }],
    ["separate scans", { width: 700, height: 700, components: three(2, 1), separate: true }],
    ["one column", { width: 1, height: 5000, components: three(2, 2), separate: true }],
  ] as const satisfies [string, FlatJpeg][])("%s", ([, picture], { expect }) => {
    const bytes = flatJpeg(picture);
    const { header, firstScan, nextScan } = openAs(bytes, readJpegHeader(bytes));
    for (const shrink of [1, 2, 4, 8] as const satisfies Shrink[]) {
      const engine = createJpegEngine(bytes, header.frame, header.colour, shrink);
      const scans = [firstScan, ...header.scanEnds.flatMap((end) => nextScan(end) ?? [])];
      engine.openScans(scans);
      let rows = 0;
      for (const band of engine.bands()) rows += band.length / 4 / engine.layout.width;
      expect(rows).toBe(engine.layout.height);
      const predicted = jpegMemoryBytes(header.frame, jpegLayout(header.frame, shrink), scans.length);
      expect(engine.memoryBytes()).toBeLessThanOrEqual(predicted);
    }
  });
});

describe("jpegMemoryBytes() does not grow with the area", () => {
  const components = [
    { across: 2, down: 2 },
    { across: 1, down: 1 },
    { across: 1, down: 1 },
  ];

  it.for([8, 4, 2, 1] as const satisfies Shrink[])("of a progressive picture at 1/%i", (shrink, { expect }) => {
    const frame = { width: 11_600, height: 8_620, progressive: true, arithmetic: false, multiScan: false, components };
    expect(jpegMemoryBytes(frame, jpegLayout(frame, shrink), 64)).toBeLessThan(8 * 1024 * 1024);
  });
});
