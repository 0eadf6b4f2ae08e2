import type { DecodeRequest, PlannedDecode } from "../codec/codec.ts";
import type { Limits } from "../env.ts";
import type { Step } from "../operation/operation.ts";
import { stepsBytes } from "../transform/cost.ts";
import { wholeOf } from "../transform/geometry.ts";
import type { Size } from "../transform/image.ts";
import type { Plan } from "../transform/plan.ts";
import {
  type Decoded,
  decode,
  type Measured,
  type OpenContext,
  type Opened,
  withinMemory,
  workingSet,
} from "./opened.ts";
import { plainColours } from "./stored-colours.ts";

/** How a source becomes pixels, and what is left to be done with them. */
export interface Decoding {
  readonly steps: readonly Step[];
  /** Size that the first step's numbers are meant for. */
  readonly stored: Size;
  /** Predicted peak of bytes that decoding and steps take, the source not counted. */
  readonly memoryBytes: number;
  /** What the source is read at, such as 1/4. */
  readonly shrink: string;
  /** The steps that the decoder runs itself, on planes. */
  readonly scaled: readonly Step[];
  decode(): Promise<Decoded>;
}

/** `keepProfile` as in `decode`. */
interface DecodingRequest extends DecodeRequest {
  readonly keepProfile: boolean;
}

/**
 * Scaling comes out of the decoder where that can, unless colours must be converted first.
 * @throws HttpError 422 image_too_large; 503 busy
 */
export async function planDecoding(
  opened: Opened,
  plan: Plan,
  request: DecodingRequest,
  context: OpenContext,
): Promise<Decoding> {
  return (await scaledDecoding(opened, plan, request, context)) ?? plainDecoding(opened, plan, request, context.limits);
}

function plainDecoding(opened: Opened, plan: Plan, request: DecodingRequest, limits: Limits): Decoding {
  const { header } = opened;
  return {
    ...{ steps: plan.steps, stored: header },
    memoryBytes: plainBytes(opened, plan, request, limits),
    ...{ shrink: `1/${opened.decoder.shrinkOf?.(header, request) ?? 1}`, scaled: [] },
    decode: () => decode(opened, request, request.keepProfile),
  };
}

async function scaledDecoding(
  opened: Opened,
  plan: Plan,
  { keepProfile }: DecodingRequest,
  { limits, budget }: OpenContext,
): Promise<Decoding | undefined> {
  const scaling = planScaling(opened, plan, limits);
  if (!scaling) return undefined;
  const { asStored, profile } = await plainColours(opened, keepProfile, budget);
  if (!asStored) return undefined;
  const { planned, steps, size } = scaling;
  return {
    ...{ steps, stored: size },
    memoryBytes: scalingBytes(scaling, limits),
    ...{ shrink: planned.scale, scaled: plan.steps.slice(0, 1) },
    decode: async () => ({ picture: await planned.decode(opened.bytes), profile }),
  };
}

/**
 * Predicted peak of bytes that decoding and steps take where the colours may stay what they are, the source not counted.
 * @throws HttpError 422 image_too_large
 */
export function decodingBytes(measured: Measured, plan: Plan, request: DecodeRequest, limits: Limits): number {
  const scaling = planScaling(measured, plan, limits);
  return scaling ? scalingBytes(scaling, limits) : plainBytes(measured, plan, request, limits);
}

const plainBytes = (measured: Measured, { steps }: Plan, request: DecodeRequest, limits: Limits): number =>
  workingSet(measured, request, limits) + withinMemory("change", stepsBytes(steps, measured.header), limits);

/** A picture that comes out of its decoder at the size of the first step, and the steps that are left. */
interface Scaling {
  readonly planned: PlannedDecode;
  readonly steps: readonly Step[];
  readonly size: Size;
}

function planScaling(
  { decoder, header }: Measured,
  { steps: [first, ...steps], atLeast }: Plan,
  { maxWholeBytes }: Limits,
): Scaling | undefined {
  if (first?.do !== "resample") return undefined;
  const { part, size } = first;
  const rescaling = { part, size, cut: wholeOf(size), orientation: 1 } as const;
  const planned = decoder.planScaled?.(header, { rescaling, atLeast });
  return planned && planned.memoryBytes <= maxWholeBytes ? { planned, steps, size } : undefined;
}

const scalingBytes = ({ planned, steps, size }: Scaling, limits: Limits): number =>
  planned.memoryBytes + withinMemory("change", stepsBytes(steps, size), limits);
