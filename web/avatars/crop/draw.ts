import type { Picture } from "./picture.ts";
import type { Square } from "./square.ts";

/** Fills `canvas` with a part of the picture; what lies outside of it stays transparent. */
export function drawPart(canvas: HTMLCanvasElement, picture: Picture, { x, y, side }: Square): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const copy = copyFor(picture, canvas.width / side);
  const scale = copy.width / picture.width;
  const parts = [x, y, side, side].map((length) => length * scale) as [number, number, number, number];
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(copy, ...parts, 0, 0, canvas.width, canvas.height);
}

/** The smallest copy that has enough pixels for `scale`. */
function copyFor({ copies, width }: Picture, scale: number) {
  return copies.findLast((copy) => copy.width / width >= scale) ?? copies[0];
}
