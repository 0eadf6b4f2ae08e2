const ATTEMPTS = 5;

/**
 * Milliseconds of the fastest of up to five runs of `work`. It is run again only while it took longer than `limitMs`:
 * one slow run says that the machine is busy, five say that the work is slow.
 */
export async function quickest(limitMs: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && best >= limitMs; attempt++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
