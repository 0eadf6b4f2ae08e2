import { describe, expect, it } from "vitest";
import { addressOf, type Edit, type Operation, type Output, toParameters } from "../../client/index.ts";
import { decodePath } from "../../src/http/path.ts";
import { derivativeKey } from "../../src/image/key.ts";
import { parseOptions } from "../../src/image/options.ts";
import { readParameters } from "../../src/image/parameters.ts";
import type { Operation as ReadOperation } from "../../src/operation/operation.ts";
import { OPERATIONS, type OperationEntry } from "../../src/operation/operations.ts";
import { OPTIONS, type OptionName, type Shape } from "../../src/operation/option.ts";
import { parseColour } from "../../src/transform/colour-text.ts";
import { createRandom } from "../support/random.ts";

const LIMITS = {
  maxParameters: 64,
  maxOperations: 16,
  maxOutputSide: 65_535,
  maxOutputPixels: 2 ** 32,
  allowedSizes: undefined,
};
const SOURCE = { width: 1200, height: 900 };

const random = createRandom(7);
const below = (count: number) => Math.floor(random() * count);
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)];

/** A value that the shape allows; texts are those of a rectangle, which mean something to `flat`. */
function randomValue(shape: Shape): string | number | boolean {
  switch (shape.kind) {
    case "integer":
      return shape.least + below(Math.min(shape.most - shape.least, 600) + 1);
    case "word":
      return oneOf(shape.words);
    case "switch":
      return random() < 0.5;
    case "colour":
      return oneOf(["fff", "ff000080", "00ff00"]);
    case "text":
      return `${below(50)}.${below(50)}.${50 + below(50)}.${50 + below(50)}`;
  }
}

/** Values of the options that must be there, and of about half of the others. */
const valuesOf = (names: readonly OptionName[], shapes: OperationEntry["shapes"] = {}) =>
  Object.fromEntries(
    names
      .filter((name) => ["filter", "position"].includes(name) || random() < 0.5)
      .map((name) => [name, randomValue(shapes[name] ?? OPTIONS[name].shape)]),
  );

const drawn = () => Array.from({ length: below(3) }, (_, at) => `marks/${at}é+%.png`);

function randomOperation(name: string, { options, shapes, draws }: OperationEntry): Operation {
  return { op: name, ...valuesOf(options, shapes), ...(draws && { paths: drawn() }) } as unknown as Operation;
}

const OUTPUTS = (Object.keys(OPTIONS) as OptionName[]).filter(
  (name) => ![...OPERATIONS.values()].some(({ options }) => options.includes(name)),
);
const randomOutput = (): Output => valuesOf(OUTPUTS) as Output;
const randomName = () =>
  oneOf(["a.jpg", "a b/é?.jpg", "100%.jpg", "+.png", "a//b.jpg", "../x.jpg", "/a.jpg", "a/", "8x8/x/1x1/a&b=c#d.jpg"]);

/** The operation that the Worker makes of the very values. */
function expected({ op, ...given }: Operation): ReadOperation {
  const { color, paths = [], ...values } = given as Record<string, unknown>;
  const colour = color === undefined ? {} : { color: parseColour(String(color)) };
  return (OPERATIONS.get(op) as OperationEntry).read({ ...values, ...colour, paths } as never);
}

/** All that is known of an operation before there are pixels. */
const shown = ({ name, box, exact, foregrounds, plan }: ReadOperation) => {
  const told = (value: unknown) => (typeof value === "function" ? value({ width: 40, height: 30 }) : value);
  return JSON.stringify({ name, box, exact, foregrounds, plan: plan(SOURCE) }, (_, value) => told(value));
};

/** What the Worker reads from a path and query. */
function parametersOf(address: string) {
  const { pathname, searchParams } = new URL(address, "https://pics.test");
  return readParameters(decodePath(pathname).replace(/^\/display\/?/, ""), searchParams, LIMITS);
}

const chains = Array.from({ length: 400 }, (_, index) => ({
  index,
  name: randomName(),
  chain: Array.from({ length: 1 + (index % 4) }, () => randomOperation(...oneOf([...OPERATIONS]))),
  output: randomOutput(),
}));

describe("what the Worker reads is what the client was told", () => {
  it.for(chains)("$index: $name $chain $output", async ({ name, chain, output }) => {
    const edit: Edit = chain.length === 1 ? ({ ...chain[0], ...output } as Edit) : chain;
    const parameters = toParameters(name, edit, chain.length === 1 ? {} : output);
    const keys = new Set<string>();
    for (const form of ["path", "query"] as const) {
      const read = parametersOf(addressOf(parameters, "display", form));
      const { source, operations, ...options } = parseOptions(read, LIMITS);
      expect(source).toEqual({ path: name });
      expect(operations.filter(({ name }) => name !== "noop").map(shown)).toEqual(
        chain.filter(({ op }) => op !== "noop").map((operation) => shown(expected(operation))),
      );
      expect(options).toMatchObject({
        format: output.format === "jpeg" ? "jpg" : output.format,
        quality: output.quality,
        effort: output.effort,
        background: output.background && parseColour(output.background),
      });
      keys.add(await derivativeKey(read));
    }
    expect(keys.size).toBe(1);
  });
});
