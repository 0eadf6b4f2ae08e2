import { type Canvas, type Colour, paint, smoothstep } from "./canvas.ts";

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly colour: Colour;
}

const RADIUS = 0.27;
const DISCS: readonly Disc[] = [
  { x: 0.38, y: 0.4, colour: [246, 106, 84] },
  { x: 0.62, y: 0.4, colour: [62, 142, 222] },
  { x: 0.5, y: 0.61, colour: [250, 196, 70] },
];

/** Three translucent discs on nothing: soft edges and overlaps show how transparency is treated. */
export const badge = (size: number): Canvas =>
  paint(size, size, (x, y) => {
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (const disc of DISCS) {
      const share = 0.78 * coverage((x + 0.5) / size - disc.x, (y + 0.5) / size - disc.y, 1.5 / size);
      const next = share + alpha * (1 - share);
      if (next === 0) continue;
      const over = (above: number, below: number) => (above * share + below * alpha * (1 - share)) / next;
      [red, green, blue] = [over(disc.colour[0], red), over(disc.colour[1], green), over(disc.colour[2], blue)];
      alpha = next;
    }
    return [red, green, blue, alpha * 255];
  });

const coverage = (x: number, y: number, edge: number): number =>
  1 - smoothstep(RADIUS - edge, RADIUS + edge, Math.hypot(x, y));
