import type { Format } from "../../../src/codec/codec.ts";
import { createRandom } from "../mutants.ts";
import { damage } from "./mutate.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

export interface Mutant {
  /** Of all mutants of its seed number. */
  readonly index: number;
  readonly format: Format;
  readonly bytes: Uint8Array;
  readonly shrink: number;
}

/** Of a hundred mutants, the first so many. JPEG and PNG are most sources; AVIF runs in a codec of others and is slow. */
const UP_TO: readonly (readonly [Format, number])[] = [
  ["jpg", 42],
  ["png", 70],
  ["webp", 82],
  ["gif", 90],
  ["tiff", 95],
  ["bmp", 98],
  ["avif", 100],
];

/** `count` damaged files, the same ones for the same seeds and number. */
export function* mutantsOf(
  seeds: ReadonlyMap<Format, readonly Uint8Array[]>,
  count: number,
  seed: number,
): Generator<Mutant> {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  for (let index = 0; index < count; index++) {
    const format = formatAt(random() * 100);
    const files = seeds.get(format) ?? [];
    yield { index, format, bytes: damage(pick(files), pick(files), random), shrink: 2 ** Math.floor(random() * 4) };
  }
}

const formatAt = (percent: number): Format => UP_TO.find(([, most]) => percent < most)?.[0] ?? "jpg";

export interface Tally {
  readonly inputs: number;
  readonly shown: number;
  readonly refused: number;
  readonly trapped: number;
}

/** A rule was broken; `mutant` is the file that did it. */
export class FuzzFailure extends Error {
  readonly mutant: Mutant;

  constructor(mutant: Mutant, what: string, cause?: unknown) {
    super(`${mutant.format} ${mutant.index}: ${what}`, { cause });
    this.mutant = mutant;
  }
}

/**
 * Decodes every mutant twice, each time after another picture, and holds the outcomes against each other. `watch` is
 * told of each before it is decoded.
 * @throws FuzzFailure where anything but a refusal comes out, or the second outcome is not the first
 */
export async function fuzz(mutants: Iterable<Mutant>, watch: (mutant: Mutant) => void): Promise<Map<Format, Tally>> {
  const tallies = new Map<Format, Tally>();
  let before: { mutant: Mutant; outcome: Outcome } | undefined;
  for (const mutant of mutants) {
    watch(mutant);
    const outcome = await attempt(mutant);
    add(tallies, mutant.format, outcome);
    if (before) await repeat(before.mutant, before.outcome);
    before = { mutant, outcome };
  }
  return tallies;
}

async function attempt(mutant: Mutant): Promise<Outcome> {
  try {
    return await outcomeOf(mutant.bytes, mutant.shrink);
  } catch (cause) {
    throw new FuzzFailure(mutant, `threw ${cause}`, cause);
  }
}

async function repeat(mutant: Mutant, first: Outcome): Promise<void> {
  const second = await attempt(mutant);
  if (second.text !== first.text) throw new FuzzFailure(mutant, `first ${first.text}, then ${second.text}`);
}

function add(tallies: Map<Format, Tally>, format: Format, { shown, trapped }: Outcome): void {
  const sum = tallies.get(format) ?? { inputs: 0, shown: 0, refused: 0, trapped: 0 };
  tallies.set(format, {
    inputs: sum.inputs + 1,
    shown: sum.shown + Number(shown),
    refused: sum.refused + Number(!shown),
    trapped: sum.trapped + Number(trapped),
  });
}
