import { initSync, resize } from "@jsquash/resize/lib/resize/pkg/squoosh_resize.js";
import * as wasm from "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm";
import { it } from "vitest";
import { type RawImage, toImage, toRaster } from "../../src/transform/image.ts";
import { resample } from "../../src/transform/resample.ts";
import { createRandom, difference, noise } from "../support/pictures.ts";

const LANCZOS3 = 3;

initSync((wasm as unknown as { default: WebAssembly.Module }).default); // its .d.ts hides our type of *.wasm

/** Without alpha both are exact. With it, the other one rounds to whole levels before it averages. */
it.for([
  { width: 640, height: 360, to: { width: 300, height: 169 }, alpha: false, mean: 0.02, max: 1 },
  { width: 640, height: 360, to: { width: 300, height: 169 }, alpha: true, mean: 0.5, max: 3 },
  { width: 101, height: 67, to: { width: 50, height: 33 }, alpha: false, mean: 0.02, max: 1 },
  { width: 60, height: 40, to: { width: 200, height: 133 }, alpha: false, mean: 0.02, max: 1 },
  { width: 60, height: 40, to: { width: 200, height: 133 }, alpha: true, mean: 0.5, max: 3 },
  { width: 500, height: 9, to: { width: 25, height: 1 }, alpha: false, mean: 0.05, max: 1 },
])("resample() agrees with @jsquash/resize: $width x $height, alpha $alpha", async (row, { expect }) => {
  const { to, alpha } = row;
  const image = noise(row, createRandom(row.width), alpha);
  const ours = await toImage(resample(toRaster(image, alpha), { left: 0, top: 0, ...row }, to));
  const { mean, max } = difference(ours, theirs(image, to, alpha));
  expect(mean).toBeLessThanOrEqual(row.mean);
  expect(max).toBeLessThanOrEqual(row.max);
});

function theirs({ width, height, data }: RawImage, to: { width: number; height: number }, alpha: boolean): RawImage {
  const resized = resize(data, width, height, to.width, to.height, LANCZOS3, alpha, false);
  return { ...to, data: new Uint8Array(resized) };
}
