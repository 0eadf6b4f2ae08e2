// What the page knows of operations and options: nothing but what the Worker's own tables say.

import { OPERATIONS, type OperationEntry } from "../../../src/operation/operations.ts";
import { OPTIONS, type Option, type OptionName, type Shape } from "../../../src/operation/option.ts";

const ALL: readonly (readonly [OptionName, Option])[] = Object.entries(OPTIONS) as [OptionName, Option][];

export const optionOf = (name: OptionName): Option => OPTIONS[name];

/** The shape of an option, which an operation may narrow. */
export const shapeOf = (name: OptionName, entry?: OperationEntry): Shape =>
  entry?.shapes?.[name] ?? OPTIONS[name].shape;

/** By any of the names that it has in a URL. */
export const optionNamed = (text: string): OptionName | undefined =>
  ALL.find(([, { names }]) => names.includes(text))?.[0];

/** As a URL names it, in short. */
export const shortName = (name: OptionName): string => OPTIONS[name].names[0];

const taken = new Set<OptionName>([...OPERATIONS.values()].flatMap(({ options }) => options));

/** Options that no operation takes: they belong to what comes out. */
export const OUTPUT_OPTIONS: readonly OptionName[] = ALL.map(([name]) => name).filter((name) => !taken.has(name));

/** Together they are a rectangle of pixels. */
export const RECTANGLE = ["x", "y", "width", "height"] as const satisfies readonly OptionName[];

/** True where the operation is best told by dragging a rectangle. */
export const takesRectangle = (entry: OperationEntry | undefined): boolean =>
  entry !== undefined && RECTANGLE.every((name) => entry.options.includes(name));

/** A word of a table as people read it. */
export const labelOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
