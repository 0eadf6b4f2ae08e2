/** As long as what is looked at of a source. */
export const PIECE_BYTES = 65_536;

/** A body that comes in pieces; `onPiece` hears, and may hold up, each of them. */
export function inPieces(
  bytes: Uint8Array,
  onPiece: (number: number) => void | Promise<void>,
  onCancel: () => void = () => undefined,
): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const at = sent++ * PIECE_BYTES;
      if (at >= bytes.length) return end(controller);
      await onPiece(sent);
      controller.enqueue(bytes.slice(at, at + PIECE_BYTES));
    },
    cancel: onCancel,
  });
}

/** A read that waits must be answered as well, with nothing. */
function end(controller: ReadableByteStreamController): void {
  controller.close();
  controller.byobRequest?.respond(0);
}
