import { crc32 } from "node:zlib";
import type { DecodeRequest } from "../../../src/codec/codec.ts";
import { sniffFormat } from "../../../src/codec/sniff.ts";
import { stripMetadata } from "../../../src/codec/strip.ts";
import { type Config, readConfig } from "../../../src/env.ts";
import { HttpError } from "../../../src/error.ts";
import { caught, decode, type OpenContext, open, workingSet } from "../../../src/picture/opened.ts";
import { createBudget } from "../../../src/platform/budget.ts";
import { systemClock } from "../../../src/platform/clock.ts";

/** What came of one file. */
export interface Outcome {
  /** Size, number and checksum of what was shown, or the code of the refusal; then those of the file without metadata. */
  readonly text: string;
  readonly shown: boolean;
  /** The engine ran into a trap, which was caught. */
  readonly trapped: boolean;
}

/** Small enough that no header, whatever it says, asks for much work. */
const VARS = { MAX_SOURCE_PIXELS: 250_000, MAX_FRAMES: 20, MAX_WHOLE_BYTES: 50_331_648 };
const { limits }: Config = readConfig(VARS);
const context: OpenContext = { limits, maxImageDimensions: undefined, budget: createBudget(limits, systemClock) };

/**
 * Reads a file as the service does: header, limits, profile, all frames at 1/`shrink` where that is possible.
 * @throws unknown whatever is no refusal that a client may see
 */
export async function outcomeOf(bytes: Uint8Array, shrink: number): Promise<Outcome> {
  const stripped = strippedSum(bytes);
  try {
    const shown = await context.budget.run(0, () => caught(() => show(bytes, shrink)));
    return { text: `${shown} ${stripped}`, shown: true, trapped: false };
  } catch (thrown) {
    if (!(thrown instanceof HttpError && thrown.status >= 400 && thrown.status < 500)) throw thrown;
    return { text: `${thrown.code} ${stripped}`, shown: false, trapped: hasTrap(thrown) };
  }
}

async function show(bytes: Uint8Array, shrink: number): Promise<string> {
  const opened = open(bytes, context);
  const { width, height, frameCount } = opened.header;
  const atLeast = { width: width / shrink, height: height / shrink };
  const request: DecodeRequest = { atLeast, frames: frameCount <= limits.maxFrames ? "all" : "first" };
  workingSet(opened, request, limits);
  const { picture } = await decode(opened, request, false);
  let sum = 0;
  let length = 0;
  for await (const { raster } of picture.frames())
    for await (const band of raster.bands()) {
      sum = (crc32(band) ^ Math.imul(sum, 31)) >>> 0;
      length += band.length;
    }
  return `${picture.width}x${picture.height} ${length} ${sum}`;
}

function strippedSum(bytes: Uint8Array): string {
  const format = sniffFormat(bytes);
  const stripped = format && stripMetadata(bytes, format);
  return stripped ? String(crc32(stripped)) : "-";
}

function hasTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  return error instanceof Error && error.cause !== undefined && hasTrap(error.cause);
}
