/** What the text of an option may be: it says how the text is read, and which control or schema stands for it. */
export type Shape =
  | { readonly kind: "integer"; readonly least: number; readonly most: number }
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "switch" }
  /** `loose`: a text that is no colour means none, as in picfit. */
  | { readonly kind: "colour"; readonly loose?: boolean }
  | { readonly kind: "text" };

export interface Option {
  /** Names in a URL, the shortest first. */
  readonly names: readonly [string, ...string[]];
  readonly shape: Shape;
  /** One sentence for whoever fills it in. */
  readonly about: string;
  /** What counts where it is not given, if something does: a text of it, or the variable that says. */
  readonly absent?: string;
}

/** 16 bit: more is beyond every limit of the output. */
const SIDE = { kind: "integer", least: 0, most: 65_535 } as const;
const SWITCH = { kind: "switch" } as const;
const COLOUR = { kind: "colour" } as const;

/** Every option by its public long name. What reads, documents or shows options is made from this table. */
export const OPTIONS = {
  width: { names: ["w", "width"], shape: SIDE, about: "Width in pixels; 0 is not given." },
  height: { names: ["h", "height"], shape: SIDE, about: "Height in pixels; 0 is not given." },
  x: { names: ["x"], shape: SIDE, about: "Left edge, in pixels of the picture.", absent: "0" },
  y: { names: ["y"], shape: SIDE, about: "Top edge, in pixels of the picture.", absent: "0" },
  upscale: { names: ["upscale"], shape: SWITCH, about: "Whether a small picture may be enlarged.", absent: "1" },
  format: {
    names: ["fmt", "format"],
    shape: { kind: "word", words: ["jpg", "jpeg", "png", "gif", "bmp", "webp", "avif"] },
    about: "Format of the result.",
  },
  quality: {
    names: ["q"],
    shape: { kind: "integer", least: 0, most: 100 },
    about: "Quality of JPEG, WebP and AVIF; 0 counts as 1.",
    absent: "QUALITY",
  },
  effort: {
    names: ["effort"],
    shape: { kind: "word", words: ["normal", "max"] },
    about: "max spends time on a smaller file.",
    absent: "EFFORT",
  },
  degrees: {
    names: ["deg"],
    shape: { kind: "word", words: ["90", "180", "270"] },
    about: "Angle, counter-clockwise.",
    absent: "90",
  },
  position: { names: ["pos"], shape: { kind: "text" }, about: "Where: what it means depends on the operation." },
  stick: {
    names: ["stick"],
    shape: { kind: "word", words: ["top-left", "top-right", "bottom-left", "bottom-right"] },
    about: "Corner that the pictures stick to.",
  },
  color: {
    names: ["color"],
    shape: { kind: "colour", loose: true },
    about: "Colour that fills the rectangle; anything else is none.",
  },
  filter: { names: ["filter"], shape: { kind: "word", words: ["blur"] }, about: "What is done to the pixels." },
  background: {
    names: ["bg"],
    shape: COLOUR,
    about: "What a JPEG shows where the picture is transparent.",
    absent: "BACKGROUND",
  },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;
