import { crc32, deflateSync } from "node:zlib";

/** A PNG of one colour, as its three bytes. */
export function png(width: number, height: number, colour: readonly [number, number, number]): Uint8Array {
  const row = Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const parts = [chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]));
}

function chunk(type: string, contents: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), contents]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(contents.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Width and height of a PNG. */
export function sizeOf(bytes: Uint8Array): string {
  const view = Buffer.from(bytes);
  return `${view.readUInt32BE(16)}x${view.readUInt32BE(20)}`;
}
