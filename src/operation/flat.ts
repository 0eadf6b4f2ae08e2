import { centred, clipped, fitScaling, resizeScaling } from "../transform/geometry.ts";
import type { Rect, Size } from "../transform/image.ts";
import type { Operation, Step } from "./operation.ts";
import type { Values } from "./values.ts";

/** Draws pictures and a colour over the picture (picfit.md 2.9). */
export function flat(values: Values): Operation {
  const { stick, paths, width = 0, height = 0 } = values;
  return {
    name: "flat",
    box: stick && (width || height) ? { width, height } : undefined,
    foregrounds: paths,
    plan: (source) => ({ steps: stick ? stuck(values, stick, source) : boxed(values, source), size: source }),
  };
}

type Corner = NonNullable<Values["stick"]>;

/** With `stick`: each foreground resized to w, h and put into that corner. */
function stuck({ paths, width = 0, height = 0 }: Values, corner: Corner, source: Size): Step[] {
  if (width === 0 && height === 0) return [];
  const place = (foreground: Size): Rect => {
    const { size } = resizeScaling(foreground, { width, height });
    return {
      left: corner.endsWith("left") ? 0 : source.width - size.width,
      top: corner.startsWith("top") ? 0 : source.height - size.height,
      ...size,
    };
  };
  return paths.map((path) => ({ do: "draw", path, place }));
}

/** Without: a rectangle in percent, filled with `color`, cut in equal cells, a foreground centred in each. */
function boxed({ position, color, paths }: Values, source: Size): Step[] {
  const rect = percentRect(position ?? "", source);
  const visible = clipped(source, rect);
  const fill: Step[] = color && visible ? [{ do: "fill", rect: visible, colour: color }] : [];
  const cells = cellsOf(rect, paths.length);
  return [...fill, ...paths.map((path, index): Step => ({ do: "draw", path, place: inCell(cells[index]) }))];
}

/** `x0.y0.x1.y1` in whole percent: a missing number counts as 100, one that is none as 0; divisions truncate. */
function percentRect(position: string, { width, height }: Size): Rect {
  const given = position === "" ? [] : position.split(".");
  const percent = (index: number) => (index < given.length ? wholeNumber(given[index]) : 100);
  const [left, top, right, bottom] = [width, height, width, height].map((side, index) =>
    Math.trunc((side * percent(index)) / 100),
  );
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

const wholeNumber = (text: string): number => (/^[+-]?[0-9]{1,4}$/.test(text) ? Number(text) : 0);

/** Side by side where the rectangle is wider than high, else stacked. */
function cellsOf({ left, top, width, height }: Rect, count: number): Rect[] {
  const wide = width > height;
  const cell = wide ? { width: Math.trunc(width / count), height } : { width, height: Math.trunc(height / count) };
  return Array.from({ length: count }, (_, index) => ({
    left: left + (wide ? index * cell.width : 0),
    top: top + (wide ? 0 : index * cell.height),
    ...cell,
  }));
}

const inCell =
  (cell: Rect) =>
  (foreground: Size): Rect | undefined => {
    if (cell.width < 1 || cell.height < 1) return undefined;
    const { size } = fitScaling(foreground, cell);
    const at = centred(cell, size);
    return { left: cell.left + at.left, top: cell.top + at.top, ...size };
  };
