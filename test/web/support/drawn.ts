import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type Crop, type Desk, shownCrop } from "./desk.ts";

export type Pixel = readonly [red: number, green: number, blue: number];
type Colours = (x: number, y: number) => Pixel;

/** Of the picture below: colours say where they are, so a part that is off has other colours. */
const PLACE = { width: 240, height: 160 };

/** The colour at a place of the picture, in fractions of it. */
export const colourAt: Colours = (x, y) => [Math.round(x * 255), Math.round(y * 255), 128];

/** A gradient as PNG or JPEG, drawn by the browser. */
export async function gradient(page: Page, { width, height } = PLACE, type = "image/png"): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([kind, across, down]) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: across, height: down });
      const pixels = new ImageData(across, down);
      for (let at = 0; at < across * down; at++) {
        const [x, y] = [at % across, Math.floor(at / across)];
        pixels.data.set([((x + 0.5) / across) * 255, ((y + 0.5) / down) * 255, 128, 255], at * 4);
      }
      canvas.getContext("2d")?.putImageData(pixels, 0, 0);
      return canvas.toDataURL(kind, 0.95).split(",")[1];
    },
    [type, width, height] as const,
  );
  return Buffer.from(base64, "base64");
}

/** The JPEG with an EXIF segment that says nothing but its orientation. */
export const oriented = (jpeg: Buffer, orientation: number): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0]),
    Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]),
    jpeg.subarray(2),
  ]);

/** A picture that browsers show and that is no avatar. */
export const BMP = Buffer.from(
  "424d3a0000000000000036000000280000000100000001000000010018000000000004000000130b0000130b000000000000000000000000ff00",
  "hex",
);

const POINTS = [0.1, 0.5, 0.9].flatMap((y) => [0.1, 0.5, 0.9].map((x) => [x, y] as const));

/** Nine colours of a part, by where they are in the whole picture. */
const partColours = ({ x, y, w, h }: Crop, size: typeof PLACE, colours: Colours): Pixel[] =>
  POINTS.map(([across, down]) => colours((x + across * w) / size.width, (y + down * h) / size.height));

/** The same nine of a picture that the server has, or of a canvas of the page. */
const pixelsOf = (page: Page, what: { readonly path: string } | { readonly canvas: string }): Promise<Pixel[]> =>
  page.evaluate(
    async ([from, points]) => {
      const picture =
        "canvas" in from
          ? (document.querySelector(from.canvas) as HTMLCanvasElement)
          : await createImageBitmap(await (await fetch(from.path, { cache: "no-store" })).blob());
      const copy = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
      copy?.drawImage(picture, 0, 0);
      return points.map(([x, y]) => {
        const [red, green, blue] = copy?.getImageData(x * picture.width, y * picture.height, 1, 1).data ?? [];
        return [red, green, blue] as const;
      });
    },
    [what, POINTS] as const,
  );

function expectNear(found: readonly Pixel[], expected: readonly Pixel[], most: number): void {
  const furthest = found.flatMap((pixel, at) => pixel.map((level, channel) => Math.abs(level - expected[at][channel])));
  expect(Math.max(...furthest), `${found.join(" ")} for ${expected.join(" ")}`).toBeLessThanOrEqual(most);
}

/** What is shown in the preview is the part that the page speaks of. */
export async function expectPreviewed(page: Page, size = PLACE, colours = colourAt): Promise<void> {
  const canvas = ".previews canvas.square";
  expectNear(await pixelsOf(page, { canvas }), partColours(await shownCrop(page), size, colours), 6);
}

/** The stored avatar is that part of the picture: by what the API knows, and by its pixels. */
export async function expectStored(desk: Desk, crop: Crop, size = PLACE, colours = colourAt): Promise<void> {
  const [present] = await desk.revisions();
  expect(present.crop).toEqual(crop);
  const path = `/a/${desk.id}/${present.rev}/${crop.w}.png`;
  expectNear(await pixelsOf(desk.page, { path }), partColours(crop, size, colours), 5);
}
