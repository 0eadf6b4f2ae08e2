import { describe, expect, it } from "vitest";
import { between, confined, rectangleOf, withRectangle } from "../../../web/playground/model/rectangle.ts";

const PICTURE = { width: 200, height: 100 };

describe("between()", () => {
  it.for([
    [{ x: 0.5, y: 0.5 }, { x: 0.25, y: 0.1 }, [50, 10, 50, 40]],
    [{ x: -1, y: 0.5 }, { x: 9, y: 9 }, [0, 50, 200, 50]],
    [{ x: 1, y: 1 }, { x: 1, y: 1 }, [199, 99, 1, 1]],
  ] as const)("has whole pixels of the picture between %o and %o", ([a, b, expected]) => {
    const { left, top, width, height } = between(a, b, PICTURE);
    expect([left, top, width, height]).toEqual(expected);
  });
});

describe("confined()", () => {
  it("moves what is outside inside, and leaves its size", () => {
    expect(confined({ left: 180, top: -5, width: 50, height: 20 }, PICTURE)).toEqual({
      ...{ left: 150, top: 0 },
      ...{ width: 50, height: 20 },
    });
  });
});

describe("rectangleOf()", () => {
  it.for([
    [{}, [0, 0, 200, 100]],
    [{ x: "150", width: "100" }, [150, 0, 50, 100]],
    [{ x: "900", y: "x", width: "0", height: "7" }, [199, 0, 1, 7]],
  ] as const)("reads %o", ([texts, expected]) => {
    const { left, top, width, height } = rectangleOf(texts, PICTURE);
    expect([left, top, width, height]).toEqual(expected);
  });

  it("has back what was written", () => {
    const rect = { left: 0, top: 3, width: 20, height: 30 };
    expect(rectangleOf(withRectangle({ upscale: "1" }, rect), PICTURE)).toEqual(rect);
  });
});
