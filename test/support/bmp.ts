export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly headerBytes?: number;
  readonly compression?: number;
  readonly masks?: readonly number[];
  readonly palette?: readonly number[];
  readonly colours?: number;
  readonly pixels: readonly number[];
}

/** A file of a header, masks, a palette and pixels as they are given. */
export function bmp({
  width,
  height,
  bits,
  headerBytes = 40,
  compression = 0,
  masks = [],
  palette = [],
  colours = 0,
  pixels,
}: Bitmap): Uint8Array {
  const inside = Math.max(0, Math.min(masks.length, (headerBytes - 40) / 4));
  const paletteAt = 14 + headerBytes + (masks.length - inside) * 4;
  const pixelsAt = paletteAt + palette.length;
  const view = new DataView(new ArrayBuffer(pixelsAt + pixels.length));
  view.setUint16(0, 0x424d);
  view.setUint32(10, pixelsAt, true);
  view.setUint32(14, headerBytes, true);
  if (headerBytes === 12) {
    [width, height, 1, bits].forEach((value, i) => {
      view.setUint16(18 + i * 2, value, true);
    });
  } else {
    view.setInt32(18, width, true);
    view.setInt32(22, height, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, bits, true);
    view.setUint32(30, compression, true);
    view.setUint32(46, colours, true);
    masks.forEach((mask, i) => {
      view.setUint32(54 + i * 4, mask, true);
    });
  }
  const bytes = new Uint8Array(view.buffer);
  bytes.set(palette, paletteAt);
  bytes.set(pixels, pixelsAt);
  return bytes;
}
