import type { App } from "../app.ts";
import { ENCODERS } from "../codec/codecs.ts";
import type { Derivation } from "../picture/derivation.ts";
import type { Size } from "../transform/image.ts";
import type { Asked } from "./asked.ts";
import type { ExplainedMaking, ExplainedOutput, ExplainedPlan, ExplainedSource } from "./explanation.ts";
import { objectName } from "./key.ts";
import { wantedOf } from "./wanted.ts";

/** How a result will be made, and of which source. */
export interface Planned {
  readonly derivation: Derivation;
  /** Of the source. */
  readonly version: string;
  readonly sourceBytes: number;
}

/** What there is to tell of it. */
export const makingOf = (planned: Planned, asked: Asked, app: App): ExplainedMaking => ({
  source: sourceOf(planned, asked),
  plan: planOf(planned.derivation, app),
  output: outputOf(planned.derivation, asked, app),
});

function sourceOf({ derivation, sourceBytes }: Planned, { options }: Asked): ExplainedSource {
  const { header, sizes } = derivation;
  const { format, alpha, colour, depth, progressive, orientation, frameCount } = header;
  const facts = { format, bytes: sourceBytes, orientation, frames: frameCount, alpha, colour, depth, progressive };
  return { ...options.source, ...sizeOf(sizes[0]), ...facts };
}

const planOf = ({ way, road, header, shrink, steps, memoryBytes }: Derivation, { config }: App): ExplainedPlan => ({
  ...{ way, road, decoder: header.format, shrink },
  steps: steps.map((step) => step.do),
  ...{ memoryBytes, budgetBytes: config.limits.decodeBudgetBytes },
});

function outputOf({ way, format, frameCount, sizes }: Derivation, asked: Asked, app: App): ExplainedOutput {
  const { mime, extension } = ENCODERS[format];
  const { quality, effort } = wantedOf(asked, app.config);
  const { width, height } = sizeOf(sizes[sizes.length - 1]);
  return {
    ...{ format, mime, width, height, frames: frameCount },
    ...(app.destination && { name: objectName(asked.key, app.config.shard, extension) }),
    ...(way !== "file" && { quality, effort }),
  };
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });
