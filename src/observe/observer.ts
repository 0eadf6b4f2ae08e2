import type { Context } from "../app.ts";
import { type Analytics, writePoint } from "./analytics.ts";
import type { Counters } from "./counters.ts";
import type { Observation } from "./observation.ts";
import type { Reporter } from "./reporter.ts";
import { type LogLevel, logRequest } from "./request-log.ts";

/** Told of every answer, once its headers are ready. Must cost nothing that a client would notice. */
export type Observe = (observation: Observation, context: Pick<Context, "waitUntil">) => void;

export interface Observers {
  readonly counters: Counters;
  readonly log: LogLevel;
  /** Absent: nobody counts beyond this isolate. */
  readonly analytics: Analytics | undefined;
  /** Absent: faults are in the log only. */
  readonly report: Reporter | undefined;
}

export const createObserver =
  ({ counters, log, analytics, report }: Observers): Observe =>
  (observation, context) => {
    counters.count(observation);
    logRequest(observation, log);
    if (analytics) writePoint(analytics, observation);
    report?.(observation, context);
  };
