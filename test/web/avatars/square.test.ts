import { describe, expect, it } from "vitest";
import {
  centred,
  dragged,
  type Grip,
  largestSide,
  MIDDLE,
  magnified,
  moved,
  rounded,
  type Size,
  type Square,
  smallestSide,
  zoomedTo,
  zoomOf,
} from "../../../web/avatars/crop/square.ts";
import { createRandom } from "../../support/random.ts";

const next = createRandom(7);
const upTo = (most: number): number => Math.floor(next() * most);

const SIZES: readonly Size[] = [
  { width: 1, height: 1 },
  { width: 1, height: 900 },
  { width: 31, height: 33 },
  { width: 4032, height: 3024 },
  { width: 8192, height: 32 },
];

const anyGrip = (): Grip => ({ x: next() * 3 - 1, y: next() * 3 - 1, spread: 1 + upTo(300) });

/** Whole, and inside. */
function expectInside({ x, y, side }: Square, size: Size): void {
  expect([x, y, side].every(Number.isInteger)).toBe(true);
  expect(Math.min(x, y, side - 1)).toBeGreaterThanOrEqual(0);
  expect(x + side).toBeLessThanOrEqual(size.width);
  expect(y + side).toBeLessThanOrEqual(size.height);
}

describe("a square of a picture", () => {
  it.for(SIZES)("stays inside of $width x $height whatever is done to it, and whole once it is rounded", (size) => {
    let square = centred(size);
    for (let times = 0; times < 500; times++) {
      square =
        upTo(2) === 0
          ? dragged(square, anyGrip(), anyGrip(), size)
          : moved(square, upTo(9_000) - 4_500, upTo(9_000) - 4_500, size);
      expectInside(rounded(square, size), size);
      expect(rounded(square, size).side).toBeGreaterThanOrEqual(smallestSide(size));
    }
  });

  it("keeps under the fingers what was under them", () => {
    const size = { width: 4000, height: 3000 };
    const square = { x: 1500, y: 1000, side: 1000 };
    const [from, to]: Grip[] = [
      { x: 0.25, y: 0.5, spread: 100 },
      { x: 0.5, y: 0.25, spread: 160 },
    ];
    const after = dragged(square, from, to, size);
    expect(after.side).toBe(625);
    expect([after.x + to.x * after.side, after.y + to.y * after.side]).toEqual([1750, 1500]);
  });

  it("comes back from where it was dragged", () => {
    const size = { width: 4000, height: 3000 };
    const square = { x: 1500, y: 1000, side: 1000 };
    const aside = { x: 0.7, y: 0.2, spread: 3 };
    const back = dragged(dragged(square, MIDDLE, aside, size), aside, MIDDLE, size);
    expect(back.x).toBeCloseTo(square.x);
    expect(back.side).toBeCloseTo(square.side);
  });

  it.for(SIZES)("is zoomed from all of $width x $height to the least, and by equal factors between", (size) => {
    const all = centred(size);
    expect([zoomOf(all, size), zoomedTo(all, 0, size).side]).toEqual([0, largestSide(size)]);
    expect(zoomedTo(all, 1, size).side).toBeCloseTo(smallestSide(size));
    if (largestSide(size) === smallestSide(size)) return;
    expect(zoomOf(zoomedTo(all, 0.3, size), size)).toBeCloseTo(0.3);
    expect(zoomOf(magnified(all, Math.sqrt(largestSide(size) / smallestSide(size)), size), size)).toBeCloseTo(0.5);
  });
});
