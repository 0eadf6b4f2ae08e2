import { performance } from "node:perf_hooks";
import { DECODERS, ENCODERS } from "../../src/codec/codecs.ts";
import { toSrgb } from "../../src/colour/srgb.ts";
import { firstFrame, type Raster, stillPicture } from "../../src/transform/image.ts";
import { planOf } from "../../src/transform/plan.ts";
import { resample } from "../../src/transform/resample.ts";
import { resizeTo } from "../contender/edgefit.ts";
import { type Photo, type PhotoFormat, QUALITY } from "../contender.ts";
import { median } from "../measure.ts";
import { note, type Section } from "../section.ts";
import { number, table } from "../table.ts";
import { TASKS } from "./end-to-end.ts";

const STAGES = ["header and plan", "decode", "colour", "scale", "encode"] as const;
type Stage = (typeof STAGES)[number];
type Times = Record<Stage, number[]>;

/** Where our own time goes. Each stage is run to its end before the next begins, unlike in the service. */
export const stages: Section = {
  name: "stages",
  title: "Where edgefit's time goes, in Node",
  async run({ photos, rounds }) {
    const rows: string[][] = [];
    for (const { title, photo, width, output } of TASKS) {
      note(title);
      const times: Times = { "header and plan": [], decode: [], colour: [], scale: [], encode: [] };
      for (let round = 0; round < rounds + WARM_UP_ROUNDS; round++)
        await runStages(photos[photo], width, output, times);
      rows.push([title, ...STAGES.map((stage) => number(median(times[stage].slice(WARM_UP_ROUNDS))))]);
    }
    return [INTRODUCTION, table(["", ...STAGES], rows)].join("\n\n");
  },
};

const WARM_UP_ROUNDS = 3;

const INTRODUCTION = `Milliseconds, median. The service streams: bands of rows pass through all stages, and none of these
pictures ever exists as a whole. Here each stage is run alone, so the sum is a little more than the whole.`;

async function runStages(photo: Photo, width: number, output: PhotoFormat, times: Times): Promise<void> {
  const watch = stopwatch(times);
  const decoder = DECODERS[photo.format];
  const header = decoder.readHeader(photo.bytes);
  const plan = planOf(header, [resizeTo(width)]);
  watch("header and plan");
  const request = { atLeast: plan.atLeast, frames: "first" } as const;
  const decoded = await held(await firstFrame(await decoder.decode(photo.bytes, header, request)));
  watch("decode");
  const profile = await decoder.readProfile(photo.bytes);
  const coloured = await held(await firstFrame(await toSrgb(stillPicture(decoded), profile, header.colour)));
  watch("colour");
  const part = { left: 0, top: 0, ...coloured.extent };
  const scaled = await held(resample(coloured, part, plan.size));
  watch("scale");
  await ENCODERS[output].encode(stillPicture(scaled), { quality: QUALITY });
  watch("encode");
}

function stopwatch(times: Times): (stage: Stage) => void {
  let start = performance.now();
  return (stage) => {
    const now = performance.now();
    times[stage].push(now - start);
    start = performance.now();
  };
}

/** All bands of `raster`, to be given again. */
async function held(raster: Raster): Promise<Raster> {
  const bands: Uint8Array[] = [];
  for await (const band of raster.bands()) bands.push(band.slice());
  return {
    ...raster,
    async *bands() {
      yield* bands;
    },
  };
}
