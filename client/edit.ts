import type { Operations, Options } from "./table.ts";

export type OptionName = keyof Options;
export type OperationName = keyof Operations;

/** What the text of an option may be, as what a program writes for it. */
type ValueOf<Shape> = Shape extends { kind: "integer" }
  ? number
  : Shape extends { kind: "word"; words: readonly (infer Word extends string)[] }
    ? Word | NumberIn<Word>
    : Shape extends { kind: "switch" }
      ? boolean
      : string;

/** `"90"` may also be written 90. */
type NumberIn<Word extends string> = Word extends `${infer Value extends number}` ? Value : never;

type ShapeIn<Row, Name extends OptionName> = Row extends { shapes: Record<Name, infer Shape> }
  ? Shape
  : Options[Name]["shape"];

type NamesIn<Row> = Row extends { options: readonly (infer Name extends OptionName)[] } ? Name : never;

type OptionsIn<Row> = { readonly [Name in NamesIn<Row>]?: ValueOf<ShapeIn<Row, Name>> | undefined };

/** Pictures of the source storage that are drawn over this one. */
type Drawn<Row> = Row extends { draws: true } ? { readonly paths?: readonly string[] | undefined } : unknown;

type OperationOf<Name extends OperationName> = { readonly op: Name } & OptionsIn<Operations[Name]> &
  Drawn<Operations[Name]>;

/** One operation with the options that mean something to it. */
export type Operation = { [Name in OperationName]: OperationOf<Name> }[OperationName];

/** Operations whose result has the width that is asked for, or less. */
export type Scale = OperationOf<"resize" | "thumbnail" | "fit">;

/** Options that belong to no operation: they say what comes out at the end. */
export type Output = {
  readonly [Name in Exclude<OptionName, NamesIn<Operations[OperationName]>>]?:
    | ValueOf<Options[Name]["shape"]>
    | undefined;
};

export type Format = Options["format"]["shape"]["words"][number];

/** No operation: the picture as it is, perhaps in another format. */
type Untouched = { readonly op?: undefined };

/** What is to be done: one operation with what comes out of it, or several in their order. */
export type Edit = ((Operation | Untouched) & Output) | readonly Operation[];

/** Several operations, each of which may say what comes out of all. */
export type Chain = readonly (Operation & Output)[];

/** A name in the source storage, or an address of the web. */
export type Source = string | { readonly url: string };
