import type { Command, Rgba, Shape } from "./display-list.ts";
import { QUARTER } from "./edges.ts";
import { commands, filled, round } from "./pen.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A quadratic curve; a straight line has its bend half-way. */
type Curve = readonly [from: Point, bend: Point, to: Point];

/**
 * The outline of a line of `width` with round ends along path data of one M, then L and Q without sharp corners. An
 * outline, not a stroke, so that both back ends need to know about fills only.
 */
export function stroke(data: string, width: number, colour: Rgba): Shape {
  const curves = toCurves(commands(data)).flatMap(halves);
  const half = width / 2;
  const backwards = curves.toReversed().map(([from, bend, to]): Curve => [to, bend, from]);
  const start = offset(curves[0][0], direction(curves[0], "from"), half);
  const outline: readonly Command[] = [
    ["move", round(start.x), round(start.y)],
    ...curves.map((curve) => beside(curve, half)),
    ...cap(backwards[0], half),
    ...backwards.map((curve) => beside(curve, half)),
    ...cap(curves[0], half),
    ["close"],
  ];
  return filled(outline, colour);
}

function toCurves(data: readonly Command[]): readonly Curve[] {
  let pen: Point = { x: 0, y: 0 };
  return data.flatMap((command): Curve[] => {
    const from = pen;
    const [x, y] = command.slice(-2) as unknown as [number, number];
    pen = { x, y };
    if (command[0] === "line") return [[from, between(from, pen), pen]];
    if (command[0] === "quadratic") return [[from, { x: command[1], y: command[2] }, pen]];
    return [];
  });
}

/** Two halves of a bend, to follow it closely; a straight line as it is. */
function halves([from, bend, to]: Curve): readonly Curve[] {
  if (bend.x === (from.x + to.x) / 2 && bend.y === (from.y + to.y) / 2) return [[from, bend, to]];
  const [before, after] = [between(from, bend), between(bend, to)];
  const middle = between(before, after);
  return [
    [from, before, middle],
    [middle, after, to],
  ];
}

/** The curve at `distance` to the left of `curve`: its tangents are parallel, so its bend lies where they meet. */
function beside(curve: Curve, distance: number): Command {
  const [first, last] = [direction(curve, "from"), direction(curve, "to")];
  const reach = distance / (1 + first.x * last.x + first.y * last.y);
  const bend = offset(curve[1], { x: first.x + last.x, y: first.y + last.y }, reach);
  const end = offset(curve[2], last, distance);
  return ["quadratic", round(bend.x), round(bend.y), round(end.x), round(end.y)];
}

/** Half a circle around where `curve` begins, from the left of its way back to the left of its way on. */
function cap(curve: Curve, radius: number): readonly Command[] {
  const [{ x, y }] = curve;
  const on = direction(curve, "from");
  const at = (forward: number, left: number): readonly [number, number] => [
    round(x + (on.x * forward + on.y * left) * radius),
    round(y + (on.y * forward - on.x * left) * radius),
  ];
  return [
    ["cubic", ...at(-QUARTER, -1), ...at(-1, -QUARTER), ...at(-1, 0)],
    ["cubic", ...at(-1, QUARTER), ...at(-QUARTER, 1), ...at(0, 1)],
  ];
}

function direction([from, bend, to]: Curve, end: "from" | "to"): Point {
  const [x, y] = end === "from" ? [bend.x - from.x, bend.y - from.y] : [to.x - bend.x, to.y - bend.y];
  const length = Math.sqrt(x * x + y * y);
  return { x: x / length, y: y / length };
}

/** `distance` to the left of `point` as seen by someone who walks along `on`. */
const offset = ({ x, y }: Point, on: Point, distance: number): Point => ({
  x: x + on.y * distance,
  y: y - on.x * distance,
});

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
