import type { Command, DisplayList, Rgba, Shape } from "./display-list.ts";
import { outline } from "./edges.ts";

const LETTERS = { move: "M", line: "L", quadratic: "Q", cubic: "C", close: "z" } as const;

/**
 * `list` as an SVG document of `side` pixels: nothing but `svg`, `path` and `circle` with numbers and colours, so
 * that it needs no font, refers to nothing and cannot run anything.
 */
export function toSvg(list: DisplayList, side: number): string {
  const edges = list.antialias ? "" : ' shape-rendering="crispEdges"';
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"`;
  const box = `viewBox="0 0 ${number(list.side)} ${number(list.side)}"`;
  return `${open} ${box}${edges}>${list.shapes.map(element).join("")}</svg>`;
}

function element(shape: Shape): string {
  const fill = paint(shape.colour);
  if (shape.kind === "circle")
    return `<circle cx="${number(shape.x)}" cy="${number(shape.y)}" r="${number(shape.radius)}"${fill}/>`;
  const rule = shape.kind === "path" && shape.rule === "evenodd" ? ' fill-rule="evenodd"' : "";
  return `<path d="${pathData(outline(shape))}"${fill}${rule}/>`;
}

function pathData(commands: readonly Command[]): string {
  let pen: readonly unknown[] = [];
  const steps = commands.map((command) => {
    const text = step(command, pen);
    pen = command.slice(-2);
    return text;
  });
  return steps.join("");
}

/** Level and upright lines need one number. */
function step(command: Command, [penX, penY]: readonly unknown[]): string {
  const [name, ...numbers] = command;
  if (command[0] === "line" && command[2] === penY) return `H${number(command[1])}`;
  if (command[0] === "line" && command[1] === penX) return `V${number(command[2])}`;
  return LETTERS[name] + join(numbers);
}

/** A minus sign parts two numbers by itself. */
const join = (numbers: readonly number[]): string => numbers.map(number).join(" ").replaceAll(" -", "-");

/** At most three decimals: a thousandth of a unit is no more than 1/48 of a pixel at the largest size. */
const number = (value: number): string => String(Math.round(value * 1000) / 1000 || 0).replace(/^(-?)0\./, "$1.");

function paint({ red, green, blue, alpha }: Rgba): string {
  const hex = [red, green, blue].map((channel) => channel.toString(16).padStart(2, "0")).join("");
  const short = /^(.)\1(.)\2(.)\3$/.test(hex) ? hex[0] + hex[2] + hex[4] : hex;
  return ` fill="#${short}"${alpha === 255 ? "" : ` fill-opacity="${number(alpha / 255)}"`}`;
}
