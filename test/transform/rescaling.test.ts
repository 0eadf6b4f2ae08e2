import { describe, it } from "vitest";
import type { Orientation } from "../../src/codec/codec.ts";
import type { Step } from "../../src/operation/operation.ts";
import { orientedRect, orientedSize, turnOf } from "../../src/transform/orientation.ts";
import { rescalingOf } from "../../src/transform/rescaling.ts";

const stored = { width: 100, height: 60 };
const rect = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });
const resample: Step = { do: "resample", part: rect(10, 5, 80, 50), size: { width: 40, height: 25 } };
const crop: Step = { do: "crop", rect: rect(4, 3, 20, 10) };
const black = { red: 0, green: 0, blue: 0, alpha: 255 };

describe("rescalingOf()", () => {
  it("keeps everything of a picture without steps", ({ expect }) => {
    const whole = rect(0, 0, 100, 60);
    expect(rescalingOf([], stored)).toEqual({ part: whole, size: whole, cut: whole, orientation: 1 });
  });

  it("takes a scaling, crops one inside the other, and a turn", ({ expect }) => {
    const steps: Step[] = [resample, crop, { do: "crop", rect: rect(1, 2, 5, 6) }, { do: "orient", orientation: 6 }];
    expect(rescalingOf(steps, stored)).toEqual({
      ...{ part: rect(10, 5, 80, 50), size: { width: 40, height: 25 } },
      ...{ cut: rect(5, 5, 5, 6), orientation: 6 },
    });
  });

  it.for([
    ["a second scaling", [resample, resample]],
    ["a scaling after a crop", [crop, resample]],
    ["a crop after a turn", [{ do: "orient", orientation: 3 }, crop]],
    ["a blur", [resample, { do: "blur" }]],
    ["a ground", [resample, { do: "flatten", background: black }]],
    ["an area", [{ do: "fill", rect: rect(0, 0, 1, 1), colour: black }]],
    ["another picture", [{ do: "draw", path: "other.png", place: () => undefined }]],
  ] as const satisfies [string, Step[]][])("is absent where there is %s", ([, steps], { expect }) => {
    expect(rescalingOf(steps, stored)).toBeUndefined();
  });
});

describe("turnOf()", () => {
  it.for([1, 2, 3, 4, 5, 6, 7, 8] as const)("does what EXIF %i does", (orientation: Orientation, { expect }) => {
    const { mirrored, upsideDown, transposed } = turnOf(orientation);
    const size = { width: 7, height: 4 };
    const { left, top, width, height } = rect(1, 2, 3, 1);
    const turned = {
      ...{ left: mirrored ? size.width - left - width : left, width },
      ...{ top: upsideDown ? size.height - top - height : top, height },
    };
    const shown = transposed ? rect(turned.top, turned.left, turned.height, turned.width) : turned;
    expect(shown).toEqual(orientedRect(rect(1, 2, 3, 1), size, orientation));
    expect(transposed).toBe(orientedSize(size, orientation).width !== size.width);
  });
});
