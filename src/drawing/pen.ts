import type { Command, Rgba, Shape } from "./display-list.ts";
import { QUARTER } from "./edges.ts";

type Place = (x: number, y: number) => readonly [x: number, y: number];

const LETTERS = { M: "move", L: "line", Q: "quadratic", C: "cubic", Z: "close" } as const;

/** Absolute path data of the letters M, L, Q, C and Z, each written out: `M0 0L10 0Q10 10 0 10Z`. */
export function commands(data: string): readonly Command[] {
  return Array.from(data.matchAll(/([MLQCZ])([^MLQCZ]*)/g), ([, letter, numbers]) => {
    const name = LETTERS[letter as keyof typeof LETTERS];
    return [name, ...(numbers.match(/-?[\d.]+/g) ?? []).map(Number)] as unknown as Command;
  });
}

export const path = (data: string, colour: Rgba): Shape => filled(commands(data), colour);

export const filled = (outline: readonly Command[], colour: Rgba): Shape => ({
  kind: "path",
  commands: outline,
  rule: "nonzero",
  colour,
});

export const circle = (x: number, y: number, radius: number, colour: Rgba): Shape => ({
  kind: "circle",
  x,
  y,
  radius,
  colour,
});

export const polygon = (points: readonly number[], colour: Rgba): Shape => ({ kind: "polygon", points, colour });

export const ellipse = (x: number, y: number, rx: number, ry: number, colour: Rgba): Shape =>
  filled(rounded(x - rx, y - ry, 2 * rx, 2 * ry, rx, ry), colour);

/** A box whose corners are quarter circles of `radius`. */
export const box = (x: number, y: number, width: number, height: number, radius: number, colour: Rgba): Shape =>
  filled(rounded(x, y, width, height, radius, radius), colour);

function rounded(x: number, y: number, width: number, height: number, rx: number, ry: number): readonly Command[] {
  const [right, bottom] = [x + width, y + height];
  const [kx, ky] = [rx * (1 - QUARTER), ry * (1 - QUARTER)];
  const outline: readonly Command[] = [
    ["move", x + rx, y],
    ["line", right - rx, y],
    ["cubic", right - kx, y, right, y + ky, right, y + ry],
    ["line", right, bottom - ry],
    ["cubic", right, bottom - ky, right - kx, bottom, right - rx, bottom],
    ["line", x + rx, bottom],
    ["cubic", x + kx, bottom, x, bottom - ky, x, bottom - ry],
    ["line", x, y + ry],
    ["cubic", x, y + ky, x + kx, y, x + rx, y],
    ["close"],
  ];
  return outline.map((command) => rewritten(command, (px, py) => [round(px), round(py)]));
}

/** `outline` enlarged by `scale`, then moved. */
export const moved = (outline: readonly Command[], scale: number, x: number, y: number): readonly Command[] =>
  outline.map((command) => rewritten(command, (px, py) => [round(px * scale + x), round(py * scale + y)]));

/** `shape` enlarged by `scale`, then moved. */
export function placed(shape: Shape, scale: number, x: number, y: number): Shape {
  if (shape.kind === "path") return { ...shape, commands: moved(shape.commands, scale, x, y) };
  if (shape.kind === "polygon")
    return { ...shape, points: shape.points.map((value, at) => round(value * scale + (at % 2 ? y : x))) };
  return {
    ...shape,
    x: round(shape.x * scale + x),
    y: round(shape.y * scale + y),
    radius: round(shape.radius * scale),
  };
}

/** `shape` as a mirror at x = 50 shows it. */
export function mirrored(shape: Shape): Shape {
  const flip: Place = (x, y) => [round(100 - x), y];
  if (shape.kind === "path") return { ...shape, commands: shape.commands.map((command) => rewritten(command, flip)) };
  if (shape.kind === "polygon")
    return { ...shape, points: shape.points.map((value, at) => (at % 2 ? value : round(100 - value))) };
  return { ...shape, x: round(100 - shape.x) };
}

/** Shapes and their mirror images. */
export const both = (...shapes: readonly Shape[]): readonly Shape[] =>
  shapes.flatMap((shape) => [shape, mirrored(shape)]);

function rewritten(command: Command, place: Place): Command {
  const [name, ...numbers] = command;
  const points = numbers.flatMap((value, at) => (at % 2 ? [] : place(value, numbers[at + 1])));
  return [name, ...points] as unknown as Command;
}

/** Hundredths of a unit: short in an SVG, and the same number on every machine. */
export const round = (value: number): number => Math.round(value * 100) / 100 || 0;
