export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly left: number;
  readonly top: number;
}

/** One whole picture: RGBA, 8 bit, not premultiplied, row by row, length = width × height × 4. */
export interface RawImage extends Size {
  readonly data: Uint8Array;
}

/**
 * Pixels that arrive from the top down, four bytes each, in bands of whole rows. A whole image is one band; a
 * streaming decoder gives many small ones, so nothing above needs to know which it was.
 *
 * An operation is a function `(raster, ...args) => Raster`. It works while the bands of its result are asked for, leaves
 * the bytes of the bands that it reads as they are, and stops its source when its reader stops or it has read enough.
 */
export interface Raster extends Size {
  /** `rgb`: R, G, B, A in sRGB or the source's profile, not premultiplied. `cmyk`: C, M, Y, K with 0 = no ink. */
  readonly space: "rgb" | "cmyk";
  /** False promises that every alpha is 255. */
  readonly alpha: boolean;
  /**
   * The part of width × height that the picture really covers, in pixels, not rounded. A JPEG of 1001 columns decoded
   * at 1/8 has width 126 and extent 125.125. Equal to the size for everything that was not shrunk.
   */
  readonly extent: Size;
  /** May be called once. A band's bytes are valid only until the next one is asked for. */
  bands(): AsyncIterable<Uint8Array>;
}

export interface Frame {
  readonly raster: Raster;
  /** How long the frame is shown, in milliseconds; 0 for a still. */
  readonly delayMs: number;
}

/** A still (one frame) or an animation (frames composed onto the full canvas, all of one size). */
export interface Picture extends Size {
  readonly frameCount: number;
  /** Times an animation is shown: 0 = for ever, absent = once. */
  readonly loop: number | undefined;
  readonly alpha: boolean;
  /** May be called once. A frame must be used up before the next one is asked for. */
  frames(): AsyncIterable<Frame>;
}

/** A raster of one band over `image`. `alpha` false promises that the image is opaque. */
export function toRaster(image: RawImage, alpha = true): Raster {
  const { width, height, data } = image;
  return {
    width,
    height,
    alpha,
    space: "rgb",
    extent: { width, height },
    async *bands() {
      yield data;
    },
  };
}

/** All rows of `raster` in one new buffer. */
export async function toImage(raster: Raster): Promise<RawImage> {
  const data = new Uint8Array(raster.width * raster.height * 4);
  let filled = 0;
  for await (const band of raster.bands()) {
    data.set(band, filled);
    filled += band.length;
  }
  if (filled !== data.length) throw new Error(`Raster gave ${filled} of ${data.length} bytes`);
  return { width: raster.width, height: raster.height, data };
}

/** A picture of one frame. */
export function stillPicture(raster: Raster): Picture {
  return {
    width: raster.width,
    height: raster.height,
    frameCount: 1,
    loop: undefined,
    alpha: raster.alpha,
    async *frames() {
      yield { raster, delayMs: 0 };
    },
  };
}

/** The first frame of `picture`; the rest is never produced. */
export async function firstFrame(picture: Picture): Promise<Raster> {
  for await (const frame of picture.frames()) return frame.raster;
  throw new Error("A picture has at least one frame");
}

/** `picture` with `change` run on each frame as it is asked for; the change may make it transparent, but not larger. */
export function mapFrames(picture: Picture, change: (raster: Raster) => Raster): Picture {
  return {
    ...picture,
    alpha: true,
    async *frames() {
      for await (const { raster, delayMs } of picture.frames()) yield { raster: change(raster), delayMs };
    },
  };
}
