import type { Observation } from "./observation.ts";

/** What this isolate did since it started: what `/metrics` and `/sys/stats` show. */
export interface Counters {
  count(observation: Observation): void;
  /** A picture was made, whoever asked for it. */
  countMade(): void;
  read(): Counts;
}

/** Each by a few words that come from tables of ours, never from a client. */
export interface Counts {
  readonly requests: ReadonlyMap<string, Requests>;
  /** Answers with a picture, by where it was found. */
  readonly byCache: ReadonlyMap<string, number>;
  /** Refusals by their code. */
  readonly byCode: ReadonlyMap<string, number>;
  readonly bytes: number;
  readonly made: number;
}

export interface Requests extends Pick<Observation, "method" | "route" | "status"> {
  readonly count: number;
}

export function createCounters(): Counters {
  const requests = new Map<string, Requests>();
  const byCache = new Map<string, number>();
  const byCode = new Map<string, number>();
  let [bytes, made] = [0, 0];
  return {
    count({ method, route, status, cache, code, bytes: sent }) {
      const key = `${method} ${route} ${status}`;
      requests.set(key, { method, route, status, count: (requests.get(key)?.count ?? 0) + 1 });
      if (cache !== undefined) increment(byCache, cache);
      if (code !== undefined) increment(byCode, code);
      bytes += sent;
    },
    countMade: () => void made++,
    read: () => ({ requests, byCache, byCode, bytes, made }),
  };
}

const increment = (counts: Map<string, number>, name: string): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1);
