import { newCard, type Recipe, type Texts } from "./recipe.ts";

/** A chain that is worth starting from. */
export interface Preset {
  readonly name: string;
  readonly about: string;
  readonly operations: readonly (readonly [operation: string, texts: Texts, ...paths: string[]])[];
  readonly output: Texts;
}

export const PRESETS: readonly Preset[] = [
  {
    name: "Web photo",
    about: "800 pixels wide, as WebP",
    operations: [["resize", { width: "800" }]],
    output: { format: "webp", quality: "80" },
  },
  {
    name: "Square",
    about: "The middle, 480 by 480",
    operations: [["thumbnail", { width: "480", height: "480" }]],
    output: { format: "jpg", quality: "82" },
  },
  {
    name: "Social card",
    about: "1200 by 630, with a dark band",
    operations: [
      ["thumbnail", { width: "1200", height: "630" }],
      ["flat", { position: "0.72.100.100", color: "000000a0" }],
    ],
    output: { format: "jpg", quality: "85" },
  },
  {
    name: "Watermark",
    about: "badge.png in a corner",
    operations: [
      ["fit", { width: "1000", height: "1000" }],
      ["flat", { stick: "bottom-right", width: "160" }, "badge.png"],
    ],
    output: { format: "webp", quality: "82" },
  },
  {
    name: "Backdrop",
    about: "Small and blurred",
    operations: [
      ["thumbnail", { width: "640", height: "360" }],
      ["effect", { filter: "blur" }],
    ],
    output: { format: "webp", quality: "50" },
  },
  {
    name: "Smallest",
    about: "AVIF, with all effort",
    operations: [["resize", { width: "640" }]],
    output: { format: "avif", quality: "60", effort: "max" },
  },
];

export const withPreset = ({ source }: Recipe, { operations, output }: Preset): Recipe => ({
  source,
  cards: operations.map(([operation, texts, ...paths]) => newCard(operation, texts, paths)),
  output,
});
