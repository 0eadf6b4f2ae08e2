import { contrastOf, hex, WHITE } from "./colour.ts";
import type { Dice } from "./dice.ts";
import type { Rgba } from "./display-list.ts";
import type { DrawRequest } from "./style.ts";

/** The colours of one figure. */
export interface Palette {
  readonly ground: Rgba;
  /** A second tone of the ground, further from the body than the ground itself. */
  readonly pattern: Rgba;
  readonly body: Rgba;
  /** The body in shadow, and in light. */
  readonly shade: Rgba;
  readonly light: Rgba;
  readonly accent: Rgba;
  readonly ink: Rgba;
  readonly white: Rgba;
}

const INK = hex("#1d1630");

/** Ground, body, shade, light, accent. The body stands apart from the ground, and from ink, by 3 : 1 or more. */
const COLOURS = [
  ["#ffe3d6", "#d9453c", "#b63034", "#ff9f87", "#ffc94d"],
  ["#d8f0ff", "#2474ca", "#1859a2", "#83c0f4", "#ffb03a"],
  ["#e3f6d6", "#2d8a4e", "#20703d", "#8fd694", "#ff8a5c"],
  ["#f1e6ff", "#8655d6", "#693db4", "#c8aaf6", "#ffd24a"],
  ["#fff0c4", "#c2571a", "#9c4313", "#f7a860", "#2fa6a0"],
  ["#ffe1ee", "#c93c87", "#a42c6c", "#f595c3", "#4fc3c3"],
  ["#d5f4ee", "#15807c", "#0e6664", "#70cec2", "#ff8f6b"],
  ["#e5eaff", "#5a67d8", "#4450b4", "#a8b2f8", "#ff9fb2"],
  ["#2f2b5c", "#ffc44d", "#e9a02d", "#ffe4a3", "#ff7d6e"],
  ["#1f4452", "#6fe0c8", "#44bda4", "#c2f6e8", "#ffd166"],
  ["#4d2049", "#ff97bb", "#e66c99", "#ffccdd", "#8ee0ff"],
  ["#17473f", "#a9e062", "#80bf3f", "#daf6aa", "#ff9466"],
  ["#43302a", "#ffb47d", "#ec8f5a", "#ffdcbd", "#7fd6c2"],
  ["#243365", "#8fcaff", "#62a7e8", "#cde8ff", "#ffd27a"],
  ["#38264f", "#cfabff", "#aa7fe8", "#ead9ff", "#8df0c0"],
  ["#f7ecdb", "#97673f", "#78502f", "#d6ad83", "#f07a55"],
  ["#e2ebef", "#587586", "#435c6b", "#adc4d0", "#ff7f6a"],
  ["#cdeef8", "#0f7795", "#0a5d76", "#66bfd6", "#ffc15a"],
  ["#5b2333", "#ffab91", "#ea8167", "#ffd6c8", "#ffe08a"],
  ["#0f3d5e", "#ffd98a", "#edb85c", "#fff0cc", "#ff8f80"],
] as const;

/** A palette by `dice`; colours that were asked for come instead of ground and body. */
export function pickPalette(dice: Dice, { background, foreground }: DrawRequest): Palette {
  const [ground, body, shade, light, accent] = dice.pick(COLOURS).map(hex);
  const far = contrastOf(body, WHITE) > contrastOf(body, INK) ? WHITE : hex("#000000");
  return {
    ground: background ?? ground,
    pattern: background ?? blend(ground, far, far === WHITE ? 45 : 18),
    body: foreground ?? body,
    shade: foreground ? blend(foreground, INK, 25) : shade,
    light: foreground ? blend(foreground, WHITE, 45) : light,
    accent,
    ink: INK,
    white: WHITE,
  };
}

/** `percent` of the way from one colour to another. */
export function blend(from: Rgba, to: Rgba, percent: number): Rgba {
  const channel = (a: number, b: number) => Math.round(a + ((b - a) * percent) / 100);
  return {
    red: channel(from.red, to.red),
    green: channel(from.green, to.green),
    blue: channel(from.blue, to.blue),
    alpha: from.alpha,
  };
}
