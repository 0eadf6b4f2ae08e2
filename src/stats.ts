/** Counts answers of this isolate since it started; what `/sys/stats` shows. */
export interface Counters {
  count(status: number): void;
  /** Answers by status, and all of them. */
  read(): { readonly total: number; readonly byStatus: Readonly<Record<string, number>> };
}

export function createCounters(): Counters {
  const byStatus = new Map<number, number>();
  return {
    count: (status) => void byStatus.set(status, (byStatus.get(status) ?? 0) + 1),
    read: () => ({
      total: [...byStatus.values()].reduce((sum, count) => sum + count, 0),
      byStatus: Object.fromEntries([...byStatus].map(([status, count]) => [String(status), count])),
    }),
  };
}
