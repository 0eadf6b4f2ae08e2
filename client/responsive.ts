import type { Chain, Format, Operation, Output, Scale, Source } from "./edit.ts";
import { FORMATS } from "./formats.ts";

/** What a client that signs can only promise. */
export type Answer<Signed extends boolean, Value> = Signed extends true ? Promise<Value> : Value;

/** A picture in several widths. Where `width` and `height` are given too, each keeps their ratio. */
export interface Responsive extends Omit<Scale, "op">, Output {
  /** How it is scaled; `resize` when absent. */
  readonly op?: Scale["op"] | undefined;
  /** Done before it is scaled, such as a crop or a turn. */
  readonly before?: readonly Operation[] | undefined;
  /** In pixels. */
  readonly widths: readonly number[];
  /** How wide the page shows it, such as `(min-width: 60em) 50vw, 100vw`. */
  readonly sizes?: string | undefined;
}

export interface Formats {
  /** The best first. */
  readonly formats: readonly Format[];
}

/** Attributes of an `<img>`. */
export interface Image {
  /** The widest, for browsers without `srcset`. */
  readonly src: string;
  readonly srcset: string;
  readonly sizes?: string;
  readonly width?: number;
  readonly height?: number;
}

export interface Picture {
  /** Attributes of each `<source>`. */
  readonly sources: readonly { readonly type: string; readonly srcset: string; readonly sizes?: string }[];
  readonly img: Image;
}

type Awaitable<Value> = Value | Promise<Value>;
type UrlOf = (source: Source, edit: Chain) => Awaitable<string>;

export function image(urlOf: UrlOf, source: Source, edit: Responsive): Awaitable<Image> {
  const { widths, width, height } = edit;
  const box = width && height ? { width, height } : {};
  return all(
    widths.map((each) => urlOf(source, scaledTo(each, edit))),
    (urls) => ({
      src: urls[widths.indexOf(Math.max(...widths))],
      srcset: urls.map((url, at) => `${url} ${widths[at]}w`).join(", "),
      ...sizesOf(edit),
      ...box,
    }),
  );
}

export const picture = (urlOf: UrlOf, source: Source, { formats, ...edit }: Responsive & Formats): Awaitable<Picture> =>
  all(
    [...formats.map((format) => image(urlOf, source, { ...edit, format })), image(urlOf, source, edit)],
    (images) => ({
      sources: formats.map((format, at) => ({
        type: FORMATS[format],
        srcset: images[at].srcset,
        ...sizesOf(edit),
      })),
      img: images[formats.length],
    }),
  );

const sizesOf = ({ sizes }: Responsive): { sizes?: string } => (sizes === undefined ? {} : { sizes });

/** The edit for one of the widths. */
export function scaledTo(
  to: number,
  { widths, sizes, before = [], op = "resize", width, height, ...edit }: Responsive,
): Chain {
  const ratio = width && height ? height / width : 0;
  return [...before, { op, width: to, ...(ratio && { height: Math.max(1, Math.round(to * ratio)) }), ...edit }];
}

/** What `use` makes of all values, at once where none of them is a promise. */
export function all<Value, Result>(
  values: readonly Awaitable<Value>[],
  use: (values: readonly Value[]) => Result,
): Awaitable<Result> {
  const here = values.filter((value) => !(value instanceof Promise)) as Value[];
  return here.length === values.length ? use(here) : Promise.all(values).then(use);
}
