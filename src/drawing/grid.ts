import type { Command, Rgba, Shape } from "./display-list.ts";

/**
 * The cells of a grid for which `isOn`, as one shape: a box for every run of cells in a row, so that no seam shows
 * between neighbours. Cells are squares of `cell` units; the first begins at `origin` in both directions.
 */
export function cellsShape(
  size: number,
  isOn: (row: number, column: number) => boolean,
  cell: number,
  origin: number,
  colour: Rgba,
): Shape {
  const commands: Command[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const first = column;
      while (column < size && isOn(row, column)) column++;
      if (column > first)
        commands.push(...box(origin + first * cell, origin + row * cell, (column - first) * cell, cell));
    }
  }
  return { kind: "path", commands, rule: "nonzero", colour };
}

const box = (x: number, y: number, width: number, height: number): readonly Command[] => [
  ["move", x, y],
  ["line", x + width, y],
  ["line", x + width, y + height],
  ["line", x, y + height],
  ["close"],
];
