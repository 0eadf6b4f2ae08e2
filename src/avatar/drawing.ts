import { ENCODERS, type OutputFormat } from "../codec/codecs.ts";
import type { DisplayList } from "../drawing/display-list.ts";
import { roundCorners } from "../drawing/mask.ts";
import { toRaster } from "../drawing/raster.ts";
import type { DrawRequest, Style } from "../drawing/style.ts";
import { toSvg } from "../drawing/svg.ts";
import { sha256Hex } from "../platform/crypto.ts";
import type { Colour } from "../transform/colour.ts";
import { flatten } from "../transform/flatten.ts";
import { stillPicture } from "../transform/image.ts";
import type { Call } from "./call.ts";
import type { PictureFormat } from "./parameters.ts";
import { type PictureContext, readContext, WHITE } from "./picture.ts";
import type { Showable } from "./show.ts";

/** What a generated picture is drawn from. */
export interface Drawing {
  readonly style: Style;
  readonly request: DrawRequest;
  readonly list: DisplayList;
}

/** How it is shown. */
export interface DrawingForm {
  readonly px: number;
  readonly format: PictureFormat;
  readonly quality: number;
  readonly radius: number;
}

/** Bytes that a pixel takes while rows flow: coverage, colours, a band. */
const BAND_BYTES_A_COLUMN = 64 * 4 * 4;

/** The drawing as a picture. Its tag follows from what is drawn: a silhouette is the same for everybody. */
export async function showDrawing(drawing: Drawing, form: DrawingForm, call: Call): Promise<Showable> {
  const digest = await sha256Hex(JSON.stringify([drawing.list, groundOf(drawing, form), form]));
  return {
    tag: `${drawing.style.name}-${digest.slice(0, 32)}-${form.px}-${form.format}`,
    format: form.format,
    make: (signal) =>
      form.format === "svg"
        ? makeSvg(drawing, form)
        : makeRaster(drawing, form.format, form, readContext(call, signal)),
  };
}

const makeSvg = async ({ list }: Drawing, { px }: DrawingForm): Promise<Uint8Array> =>
  new TextEncoder().encode(toSvg(list, px));

/** What shows through where the format has no alpha. */
const groundOf = ({ request }: Drawing, { format }: DrawingForm): Colour | undefined =>
  format === "jpg" ? (request.background ?? WHITE) : undefined;

async function makeRaster(
  drawing: Drawing,
  format: OutputFormat,
  form: DrawingForm,
  { budget }: PictureContext,
): Promise<Uint8Array> {
  const { px, quality, radius } = form;
  const encoder = ENCODERS[format];
  const held = px * BAND_BYTES_A_COLUMN + encoder.workingSetBytes({ width: px, height: px, alpha: true });
  return budget.run(held, async () => {
    const rounded = roundCorners(toRaster(drawing.list, px), radius);
    const ground = groundOf(drawing, form);
    return encoder.encode(stillPicture(ground ? flatten(rounded, ground) : rounded), { quality });
  });
}
