/**
 * Starts something when it is first asked for, and only once. A failure is not kept: the next caller tries again.
 * The start must not do I/O, which belongs to the request that began it and would bind the others to that request.
 */
export function once<T>(start: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= start().catch((cause) => {
      running = undefined;
      throw cause;
    });
    return running;
  };
}
