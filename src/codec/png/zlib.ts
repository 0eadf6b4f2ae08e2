import { createDeflate } from "node:zlib";

/** A zlib stream of `parts`, which are read before the next one is asked for. */
export async function deflateRows(parts: Iterable<Uint8Array>, level: number): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const deflate = createDeflate({ chunkSize: 65_536, level });
  const ended = new Promise<void>((resolve, reject) => {
    deflate.on("data", (piece) => pieces.push(piece));
    deflate.on("end", resolve);
    deflate.on("error", reject);
  });
  for (const part of parts) await new Promise<void>((written) => deflate.write(part, () => written()));
  deflate.end();
  await ended;
  return pieces;
}
