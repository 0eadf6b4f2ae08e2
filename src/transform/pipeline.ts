import type { Step } from "../operation/operation.ts";
import { blur } from "./blur.ts";
import { draw, fill } from "./compose.ts";
import { crop } from "./crop.ts";
import { flatten } from "./flatten.ts";
import type { Picture, Raster, RawImage, Rect, Size } from "./image.ts";
import { orient } from "./orient.ts";
import { resample } from "./resample.ts";

/** A picture that is drawn over another, once its size there is known. */
export interface Foreground {
  /** As shown. */
  readonly size: Size;
  scaledTo(size: Size): Promise<RawImage>;
}

export type Foregrounds = ReadonlyMap<string, Foreground>;

/** What running a plan needs beside the pixels. */
export interface Run {
  readonly steps: readonly Step[];
  /** Of the result. */
  readonly size: Size;
  /** Size that the first step's numbers are meant for; the decoder may have shrunk the picture since. */
  readonly stored: Size;
  readonly foregrounds: Foregrounds;
}

/** `picture` with all steps run on each of its frames, as they are asked for. */
export function runSteps(picture: Picture, { steps, size, stored, foregrounds }: Run): Picture {
  return {
    ...picture,
    ...size,
    async *frames() {
      for await (const { raster, delayMs } of picture.frames()) {
        let result = raster;
        for (const step of forDecoded(steps, stored, raster)) result = await run(step, result, foregrounds);
        yield { raster: result, delayMs };
      }
    },
  };
}

/** A shrunk decode scales the part that the first step takes; the plan lets only a resample come first then. */
function forDecoded(steps: readonly Step[], stored: Size, { extent }: Raster): readonly Step[] {
  const [first, ...rest] = steps;
  if (first?.do !== "resample") return steps;
  return [
    { ...first, part: scaledRect(first.part, extent.width / stored.width, extent.height / stored.height) },
    ...rest,
  ];
}

const scaledRect = ({ left, top, width, height }: Rect, x: number, y: number): Rect => ({
  left: left * x,
  top: top * y,
  width: width * x,
  height: height * y,
});

function run(step: Step, raster: Raster, foregrounds: Foregrounds): Raster | Promise<Raster> {
  switch (step.do) {
    case "resample":
      return resample(raster, step.part, step.size);
    case "crop":
      return crop(raster, step.rect);
    case "orient":
      return orient(raster, step.orientation);
    case "blur":
      return blur(raster);
    case "fill":
      return fill(raster, step.rect, step.colour);
    case "flatten":
      return flatten(raster, step.background);
    case "draw":
      return drawForeground(raster, step, foregrounds.get(step.path));
  }
}

type Draw = Extract<Step, { do: "draw" }>;

async function drawForeground(raster: Raster, { place, path }: Draw, foreground?: Foreground): Promise<Raster> {
  if (!foreground) throw new Error(`Foreground ${path} was not loaded`);
  const rect = place(foreground.size);
  return rect ? draw(raster, await foreground.scaledTo(rect), rect.left, rect.top) : raster;
}
