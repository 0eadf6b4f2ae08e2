import type { Size } from "./square.ts";

/** A picture that was chosen, as the browser shows it: upright. */
export interface Picture extends Size {
  readonly blob: Blob;
  readonly name: string;
  /** The picture itself, then smaller copies, from which less has to be read to draw it small. */
  readonly copies: readonly Copy[];
}

type Copy = CanvasImageSource & Size;

export class Unreadable extends Error {}

/** Sides of the smaller copies: for the stage, and for previews. */
const COPY_SIDES = [2048, 512];

/**
 * @param size of the picture that `blob` is a smaller copy of; absent: it is no copy
 * @throws Unreadable where the browser knows no such picture
 */
export async function openPicture(blob: Blob, name: string, size?: Size): Promise<Picture> {
  const image = await decode(blob);
  // An SVG may have no size of its own.
  if (image.width === 0 || image.height === 0) throw new Unreadable("The picture has no size");
  const sides = COPY_SIDES.filter((side) => side < longer(image));
  const { width, height } = size ?? image;
  return { width, height, blob, name, copies: [image, ...sides.map((side) => copy(image, side))] };
}

const longer = ({ width, height }: Size): number => Math.max(width, height);

async function decode(blob: Blob): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
    return image;
  } catch (cause) {
    throw new Unreadable("The browser cannot read this picture", { cause });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

function copy(image: Copy, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / longer(image));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Unreadable("The browser cannot draw");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The same picture, its longer side at most `side` pixels. JPEG, unless it may have transparent parts. */
export async function smaller(picture: Picture, side: number): Promise<Blob> {
  const canvas = copy(picture.copies[0], side);
  const type = picture.blob.type === "image/jpeg" ? "image/jpeg" : "image/png";
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, 0.92));
  if (!blob) throw new Unreadable("The browser cannot make a smaller copy");
  return blob;
}
