export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a picture that is shown, in its pixels; whole ones only once it is `rounded`. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * Where the fingers hold the picture: their middle in fractions of the frame, and how far they are apart. A single
 * finger is 1 apart from itself.
 */
export interface Grip {
  readonly x: number;
  readonly y: number;
  readonly spread: number;
}

export const MIDDLE: Grip = { x: 0.5, y: 0.5, spread: 1 };

/** Below this nothing can be told from what is shown. */
const SMALLEST = 32;

export const largestSide = ({ width, height }: Size): number => Math.min(width, height);
export const smallestSide = (size: Size): number => Math.min(largestSide(size), SMALLEST);

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));

function inside({ x, y, side: wanted }: Square, size: Size): Square {
  const side = between(smallestSide(size), wanted, largestSide(size));
  return { x: between(0, x, size.width - side), y: between(0, y, size.height - side), side };
}

/** What the server shows where it is told nothing. */
export function centred(size: Size): Square {
  const side = largestSide(size);
  return { x: Math.floor((size.width - side) / 2), y: Math.floor((size.height - side) / 2), side };
}

/** The picture follows the fingers: what was under their middle stays under it. */
export function dragged(square: Square, from: Grip, to: Grip, size: Size): Square {
  const side = between(smallestSide(size), (square.side * from.spread) / to.spread, largestSide(size));
  const x = square.x + from.x * square.side - to.x * side;
  const y = square.y + from.y * square.side - to.y * side;
  return inside({ x, y, side }, size);
}

/** Moved by as many pixels of the picture. */
export const moved = (square: Square, across: number, down: number, size: Size): Square =>
  inside({ ...square, x: square.x + across, y: square.y + down }, size);

/** Larger by `factor`, around the middle. */
export const magnified = (square: Square, factor: number, size: Size): Square =>
  dragged(square, MIDDLE, { ...MIDDLE, spread: factor }, size);

/** In whole pixels, and inside the picture still: what the server is told. */
export function rounded({ x, y, side: exact }: Square, size: Size): Square {
  const side = Math.round(exact);
  return {
    x: Math.min(Math.round(x), size.width - side),
    y: Math.min(Math.round(y), size.height - side),
    side,
  };
}

/** The same part of a copy that is `scale` times as large. */
export const scaled = ({ x, y, side }: Square, scale: number): Square => ({
  x: x * scale,
  y: y * scale,
  side: side * scale,
});

/** 0 where all is shown that can be, 1 where as little as can be; equal steps look equal. */
export function zoomOf({ side }: Square, size: Size): number {
  const [least, most] = [smallestSide(size), largestSide(size)];
  return least === most ? 0 : Math.log(most / side) / Math.log(most / least);
}

export function zoomedTo(square: Square, zoom: number, size: Size): Square {
  const [least, most] = [smallestSide(size), largestSide(size)];
  return magnified(square, square.side / (most * (least / most) ** zoom), size);
}
