import type { Command, DisplayList, Shape } from "./display-list.ts";

/** Parts of a pixel that coordinates of edges are rounded to. */
export const SUBPIXELS = 256;

/** Curves become chords that stay within about this part of a pixel: a circle of seven pixels then loses 0.4 % of its area. */
const FLATNESS = 1 / 96;

/** A control point of a quarter circle by one cubic lies this part of the radius along its tangent. */
export const QUARTER = 0.5522847498;

/** Straight edges x0, y0, x1, y1, … in 1/256 of a pixel, and the rows from `top` to before `bottom` that they touch. */
export interface Edges {
  readonly lines: Int32Array;
  readonly top: number;
  readonly bottom: number;
}

/** The outline of `shape` on a raster of `side` pixels. All arithmetic is exact or rounded alike everywhere. */
export function toEdges(shape: Shape, list: DisplayList, side: number): Edges {
  const tracer = createTracer(side / list.side, list.antialias);
  for (const command of outline(shape)) tracer.draw(command);
  tracer.draw(["close"]);
  return bounded(tracer.lines);
}

function bounded(numbers: readonly number[]): Edges {
  const lines = Int32Array.from(numbers);
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let at = 1; at < lines.length; at += 2) {
    top = Math.min(top, lines[at]);
    bottom = Math.max(bottom, lines[at]);
  }
  return { lines, top: Math.floor(top / SUBPIXELS), bottom: Math.ceil(bottom / SUBPIXELS) };
}

/** What a pen would do to draw `shape`; an outline left open counts as closed. */
export function outline(shape: Shape): readonly Command[] {
  if (shape.kind === "path") return shape.commands;
  if (shape.kind === "circle") return circle(shape.x, shape.y, shape.radius);
  const corners = shape.points.length / 2;
  return Array.from({ length: corners }, (_, at): Command => {
    return [at === 0 ? "move" : "line", shape.points[2 * at], shape.points[2 * at + 1]];
  });
}

function circle(x: number, y: number, r: number): readonly Command[] {
  const k = r * QUARTER;
  return [
    ["move", x + r, y],
    ["cubic", x + r, y + k, x + k, y + r, x, y + r],
    ["cubic", x - k, y + r, x - r, y + k, x - r, y],
    ["cubic", x - r, y - k, x - k, y - r, x, y - r],
    ["cubic", x + k, y - r, x + r, y - k, x + r, y],
  ];
}

function createTracer(scale: number, antialias: boolean) {
  const lines: number[] = [];
  let start = { x: 0, y: 0 };
  let pen = start;
  const snap = (units: number) =>
    antialias ? Math.round(units * scale * SUBPIXELS) : Math.ceil(units * scale - 0.5) * SUBPIXELS;
  const lineTo = (x: number, y: number) => {
    const [x0, y0, x1, y1] = [snap(pen.x), snap(pen.y), snap(x), snap(y)];
    if (y0 !== y1) lines.push(x0, y0, x1, y1);
    pen = { x, y };
  };
  const chords = (bend: number) => Math.max(1, Math.ceil(Math.sqrt((bend * scale) / (8 * FLATNESS))));
  const quadratic = (x1: number, y1: number, x: number, y: number) => {
    const from = pen;
    const count = chords(2 * distance(from.x - 2 * x1 + x, from.y - 2 * y1 + y));
    for (let step = 1; step <= count; step++) {
      const t = step / count;
      const u = 1 - t;
      lineTo(u * u * from.x + 2 * u * t * x1 + t * t * x, u * u * from.y + 2 * u * t * y1 + t * t * y);
    }
  };
  const cubic = (x1: number, y1: number, x2: number, y2: number, x: number, y: number) => {
    const from = pen;
    const first = distance(from.x - 2 * x1 + x2, from.y - 2 * y1 + y2);
    const second = distance(x1 - 2 * x2 + x, y1 - 2 * y2 + y);
    const count = chords(6 * Math.max(first, second));
    for (let step = 1; step <= count; step++) {
      const t = step / count;
      const u = 1 - t;
      const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
      lineTo(a * from.x + b * x1 + c * x2 + d * x, a * from.y + b * y1 + c * y2 + d * y);
    }
  };
  const moveTo = (x: number, y: number) => {
    lineTo(start.x, start.y);
    start = { x, y };
    pen = start;
  };
  const draw = (command: Command): void => {
    if (command[0] === "move") moveTo(command[1], command[2]);
    else if (command[0] === "line") lineTo(command[1], command[2]);
    else if (command[0] === "quadratic") quadratic(command[1], command[2], command[3], command[4]);
    else if (command[0] === "cubic") cubic(command[1], command[2], command[3], command[4], command[5], command[6]);
    else lineTo(start.x, start.y);
  };
  return { lines, draw };
}

/** Not Math.hypot, whose last bit differs between engines. */
const distance = (x: number, y: number): number => Math.sqrt(x * x + y * y);
