import type { Header } from "../../src/codec/codec.ts";
import { DECODERS, ENCODERS, RESCALERS } from "../../src/codec/codecs.ts";
import { toSrgb } from "../../src/colour/srgb.ts";
import { firstFrame, type Raster, stillPicture } from "../../src/transform/image.ts";
import { type Plan, planOf } from "../../src/transform/plan.ts";
import { resample } from "../../src/transform/resample.ts";
import { rescalingOf } from "../../src/transform/rescaling.ts";
import { resizeTo } from "../contender/edgefit.ts";
import { type Photo, type PhotoFormat, QUALITY } from "../contender.ts";
import { median } from "../median.ts";
import { note, type Section } from "../section.ts";
import { number, table } from "../table.ts";
import { TASKS } from "./end-to-end.ts";

const STAGES = ["header and plan", "decode", "colour", "scale", "encode", "as planes"] as const;
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
      const times: Times = { "header and plan": [], decode: [], colour: [], scale: [], encode: [], "as planes": [] };
      for (let round = 0; round < rounds + WARM_UP_ROUNDS; round++)
        await runStages(photos[photo], width, output, times);
      rows.push([title, ...STAGES.map((stage) => cell(times[stage]))]);
    }
    return [INTRODUCTION, table(["", ...STAGES], rows)].join("\n\n");
  },
};

const WARM_UP_ROUNDS = 20;

const cell = (times: readonly number[]): string =>
  times.length === 0 ? "–" : number(median(times.slice(WARM_UP_ROUNDS)));

const INTRODUCTION = `Milliseconds of processor time, median. The service streams: bands of rows pass through all stages, and
none of these pictures ever exists as a whole. Here each stage is run alone. A JPEG that stays one is scaled as planes
instead, in place of all stages from decoding on.`;

async function runStages(photo: Photo, width: number, output: PhotoFormat, times: Times): Promise<void> {
  const decoder = DECODERS[photo.format];
  const readPlan = async () => {
    const header = decoder.readHeader(photo.bytes);
    return { header, plan: planOf(header, [resizeTo(width)]) };
  };
  const { header, plan } = await timed(times["header and plan"], readPlan);
  const request = { atLeast: plan.atLeast, frames: "first" } as const;
  const decode = async () => firstFrame(await decoder.decode(photo.bytes, header, request));
  await timed(times.decode, async () => drain(await decode()));
  const decoded = await held(await decode());
  const profile = await decoder.readProfile(photo.bytes);
  const convert = async () => firstFrame(toSrgb(stillPicture(decoded), profile, header.colour));
  const raster = await convert();
  if (raster === decoded) times.colour.push(0);
  else await timed(times.colour, () => drain(raster));
  const coloured = await held(raster);
  const scale = () => resample(coloured, { left: 0, top: 0, ...coloured.extent }, plan.size);
  await timed(times.scale, () => drain(scale()));
  const scaled = stillPicture(await held(scale()));
  await timed(times.encode, () => ENCODERS[output].encode(scaled, { quality: QUALITY }));
  if (photo.format === output) await runPlanes(photo, header, plan, times);
}

async function runPlanes({ bytes, format }: Photo, header: Header, plan: Plan, times: Times): Promise<void> {
  const rescaling = rescalingOf(plan.steps, header);
  const rescaler = RESCALERS[format];
  if (!rescaling || !rescaler) return;
  const request = { rescaling, atLeast: plan.atLeast, quality: QUALITY };
  await timed(times["as planes"], async () => rescaler.plan(header, request)?.run(bytes));
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1000);
  return result;
}

async function drain(raster: Raster): Promise<void> {
  for await (const _band of raster.bands());
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
