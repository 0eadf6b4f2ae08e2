import { describe, it } from "vitest";
import { type CropFields, parseCrop, squareOf } from "../../src/avatar/crop.ts";
import { refusalOf } from "../support/refusal.ts";

const rect = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });

describe("parseCrop()", () => {
  it.for([
    ["four fields", { x: "1", y: "2", w: "30", h: "40" }, rect(1, 2, 30, 40)],
    ["numbers", { x: 1, y: 2, w: 30, h: 40 }, rect(1, 2, 30, 40)],
    ["one text", { crop: "1,2,30,40" }, rect(1, 2, 30, 40)],
    ["one text with spaces", { crop: "1, 2, 30, 40" }, rect(1, 2, 30, 40)],
    ["an object", { crop: { x: 1, y: 2, w: 30, h: 40 } }, rect(1, 2, 30, 40)],
    ["a place that is outside", { crop: "-5,-6,30,40" }, rect(-5, -6, 30, 40)],
    ["one pixel", { crop: "0,0,1,1" }, rect(0, 0, 1, 1)],
    ["nothing", {}, undefined],
    ["empty fields, as forms send them", { x: "", y: "", w: "", h: "" }, undefined],
    ["null", { crop: null }, undefined],
    ["no size", { x: "5", y: "5", w: "0", h: "0" }, undefined],
    ["no size as one text", { crop: "0,0,0,0" }, undefined],
    ["an empty text beside four fields", { crop: "", x: 1, y: 2, w: 3, h: 4 }, rect(1, 2, 3, 4)],
    ["other fields", { crop: "1,2,3,4", rating: "g" }, rect(1, 2, 3, 4)],
  ] as const)("reads %s", ([, fields, crop], { expect }) => {
    expect(parseCrop(fields)).toEqual(crop);
  });

  it.for<[string, CropFields]>([
    ["three fields", { x: "1", y: "2", w: "30" }],
    ["one field", { h: "1" }],
    ["an empty field among others", { x: "1", y: "2", w: "30", h: "" }],
    ["no height", { crop: "0,0,10,0" }],
    ["no width", { crop: "0,0,0,10" }],
    ["a negative width", { crop: "0,0,-10,10" }],
    ["a negative size", { crop: "0,0,-1,-1" }],
    ["a fraction", { crop: "0,0,1.5,2" }],
    ["a fraction as a number", { x: 0, y: 0, w: 1.5, h: 2 }],
    ["an exponent", { crop: "0,0,1e3,2" }],
    ["an exponent as a number", { x: 0, y: 0, w: 1e21, h: 2 }],
    ["hexadecimal", { crop: "0x1,0,1,2" }],
    ["a plus sign", { crop: "+1,0,1,2" }],
    ["too many digits", { crop: "0,0,9999999999,2" }],
    ["three numbers", { crop: "1,2,3" }],
    ["five numbers", { crop: "1,2,3,4,5" }],
    ["words", { crop: "center" }],
    ["a list", { crop: [1, 2, 3, 4] }],
    ["a number", { crop: 5 }],
    ["true", { crop: true }],
    ["an object that is not whole", { crop: { x: 1, y: 2, w: 3 } }],
    ["objects inside", { crop: { x: {}, y: [], w: 3, h: 4 } }],
    ["infinity", { x: Number.POSITIVE_INFINITY, y: 0, w: 1, h: 1 }],
    ["both ways at once", { crop: "1,2,3,4", x: "1", y: "2", w: "3", h: "4" }],
    ["Arabic digits", { crop: "١,٢,٣,٤" }],
    ["a line end", { crop: "1,2,3,4\n" }],
  ])("refuses %s", ([, fields], { expect }) => {
    expect(refusalOf(() => parseCrop(fields))).toEqual([400, "invalid_crop"]);
  });
});

describe("squareOf()", () => {
  const size = { width: 300, height: 200 };

  it.for([
    ["the middle of a wide picture", size, undefined, rect(50, 0, 200, 200)],
    ["the middle of a tall one", { width: 3, height: 8 }, undefined, rect(0, 2, 3, 3)],
    ["one pixel", { width: 1, height: 1 }, undefined, rect(0, 0, 1, 1)],
    ["a square crop as it is", size, rect(10, 20, 30, 30), rect(10, 20, 30, 30)],
    ["the middle of a wide crop", size, rect(10, 20, 31, 20), rect(15, 20, 20, 20)],
    ["the middle of a tall crop", size, rect(10, 20, 20, 31), rect(10, 25, 20, 20)],
    ["the corner at the end", size, rect(299, 199, 1, 1), rect(299, 199, 1, 1)],
  ] as const)("cuts %s", ([, size, crop, square], { expect }) => {
    expect(squareOf(size, crop)).toEqual(square);
  });

  it.for([
    rect(-1, 0, 10, 10),
    rect(0, -1, 10, 10),
    rect(291, 0, 10, 10),
    rect(0, 191, 10, 10),
    rect(300, 0, 1, 1),
    rect(999_999_999, 999_999_999, 999_999_999, 999_999_999),
  ])("refuses %j outside of 300 x 200", (crop, { expect }) => {
    expect(refusalOf(() => squareOf(size, crop))).toEqual([422, "crop_out_of_bounds"]);
  });
});
