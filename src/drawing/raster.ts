import type { Raster } from "../transform/image.ts";
import { mix } from "../transform/mix.ts";
import { toWords } from "../transform/words.ts";
import { createCoverage } from "./coverage.ts";
import type { DisplayList, FillRule, Rgba } from "./display-list.ts";
import { type Edges, toEdges } from "./edges.ts";

/** Rows of a band: two of its buffers at 2048 pixels take one MiB. */
const BAND_ROWS = 64;

interface Layer {
  readonly edges: Edges;
  readonly colour: Rgba;
  readonly rule: FillRule;
}

/**
 * `list` as a raster of `side` × `side` pixels. An edge shares a pixel by the exact area on either side; the same list
 * gives the same bytes on every machine.
 */
export function toRaster(list: DisplayList, side: number): Raster {
  return {
    width: side,
    height: side,
    space: "rgb",
    alpha: true,
    extent: { width: side, height: side },
    async *bands() {
      yield* paintBands(list, side);
    },
  };
}

function* paintBands(list: DisplayList, side: number): Generator<Uint8Array> {
  const layers = list.shapes.map((shape): Layer => {
    const rule = shape.kind === "path" ? shape.rule : "nonzero";
    return { edges: toEdges(shape, list, side), colour: shape.colour, rule };
  });
  const coverage = createCoverage(side, Math.min(BAND_ROWS, side));
  const band = new Uint8Array(side * Math.min(BAND_ROWS, side) * 4);
  for (let top = 0; top < side; top += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, side - top);
    band.fill(0);
    for (const { edges, colour, rule } of layers) {
      const from = Math.max(edges.top, top);
      const count = Math.min(edges.bottom, top + rows) - from;
      if (count <= 0) continue;
      coverage.add(edges, from, count);
      const paint = brush(band, colour);
      for (let row = 0; row < count; row++) {
        const start = (from - top + row) * side;
        coverage.read(row, rule, (left, right, part) => paint(start + left, start + right, part));
      }
    }
    yield band.subarray(0, rows * side * 4);
  }
}

/** Paints pixels `from` to before `to` of `band` as far as they are covered. */
function brush(band: Uint8Array, colour: Rgba): (from: number, to: number, part: number) => void {
  const words = toWords(band);
  const [solid] = toWords(Uint8Array.of(colour.red, colour.green, colour.blue, 255));
  return (from, to, part) => {
    const alpha = mix(colour.alpha, 0, part);
    if (alpha === 255) words.fill(solid, from, to);
    else for (let pixel = from; pixel < to; pixel++) blend(band, pixel * 4, colour, alpha);
  };
}

/** Source over destination (W3C Compositing §5.1), neither premultiplied. */
function blend(row: Uint8Array, at: number, { red, green, blue }: Rgba, alpha: number): void {
  const under = row[at + 3];
  if (alpha === 0) return;
  if (under === 255) {
    row[at] = mix(red, row[at], alpha);
    row[at + 1] = mix(green, row[at + 1], alpha);
    row[at + 2] = mix(blue, row[at + 2], alpha);
    return;
  }
  const rest = under * (255 - alpha);
  const sum = alpha * 255 + rest;
  row[at] = Math.round((red * alpha * 255 + row[at] * rest) / sum);
  row[at + 1] = Math.round((green * alpha * 255 + row[at + 1] * rest) / sum);
  row[at + 2] = Math.round((blue * alpha * 255 + row[at + 2] * rest) / sum);
  row[at + 3] = Math.round(sum / 255);
}
