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
import { paced } from "../pace.ts";
import { note, type Section } from "../section.ts";
import { number, table } from "../table.ts";
import { timed } from "../timed.ts";
import { TASKS } from "./end-to-end.ts";

const STAGES = ["header and plan", "decode", "colour", "scale", "encode", "as planes"] as const;
type Stage = (typeof STAGES)[number];
type Stages = Readonly<Partial<Record<Stage, () => Promise<unknown>>>>;

/** Where our own time goes. Each stage is run to its end before the next begins, unlike in the service. */
export const stages: Section = {
  name: "stages",
  title: "Where edgefit's time goes, in Node",
  async run({ photos, rounds }) {
    const rows: string[][] = [];
    for (const { title, photo, width, output } of TASKS) {
      note(title);
      const works = await stagesOf(photos[photo], width, output);
      const cells: string[] = [];
      for (const stage of STAGES) cells.push(await cellOf(works[stage], rounds));
      rows.push([title, ...cells]);
    }
    return [INTRODUCTION, table(["", ...STAGES], rows)].join("\n\n");
  },
};

const INTRODUCTION = `Milliseconds of processor time, median. The service streams: bands of rows pass through all stages, and
none of these pictures ever exists as a whole. Here each stage is run alone. A JPEG that stays one is scaled as planes
instead, in place of all stages from decoding on.`;

/** The stages that this task has; what one of them reads, the one before has made. */
async function stagesOf(photo: Photo, width: number, output: PhotoFormat): Promise<Stages> {
  const decoder = DECODERS[photo.format];
  const header = decoder.readHeader(photo.bytes);
  const plan = planOf(header, [resizeTo(width)]);
  const request = { atLeast: plan.atLeast, frames: "first" } as const;
  const decode = async () => firstFrame(await decoder.decode(photo.bytes, header, request));
  const decoded = await held(await decode());
  const profile = await decoder.readProfile(photo.bytes);
  const convert = async () => firstFrame(toSrgb(stillPicture(decoded), profile, header.colour));
  const converted = await convert();
  const coloured = await held(converted);
  const scale = () => resample(coloured, { left: 0, top: 0, ...coloured.extent }, plan.size);
  const scaled = stillPicture(await held(scale()));
  return {
    "header and plan": async () => planOf(decoder.readHeader(photo.bytes), [resizeTo(width)]),
    decode: async () => drain(await decode()),
    ...(converted !== decoded && { colour: async () => drain(await convert()) }),
    scale: () => drain(scale()),
    encode: () => ENCODERS[output].encode(scaled, { quality: QUALITY }),
    ...(photo.format === output && planesOf(photo, header, plan)),
  };
}

function planesOf({ bytes, format }: Photo, header: Header, plan: Plan): Stages {
  const rescaling = rescalingOf(plan.steps, header);
  const rescaler = RESCALERS[format];
  if (!rescaling || !rescaler) return {};
  const request = { rescaling, atLeast: plan.atLeast, quality: QUALITY };
  return { "as planes": async () => rescaler.plan(header, request)?.run(bytes) };
}

async function cellOf(work: Stages[Stage], rounds: number): Promise<string> {
  if (!work) return "–";
  const times = await paced(
    rounds,
    () => timed(work),
    ({ cpu }) => cpu,
  );
  return number(median(times.map(({ cpu }) => cpu)));
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
