import type { Context } from "../app.ts";
import { logFailure } from "../log.ts";
import type { Clock } from "../platform/clock.ts";
import { createThrottle } from "../platform/throttle.ts";
import type { Dsn } from "./dsn.ts";
import type { Observation } from "./observation.ts";

/** Tells of a fault, behind the answer. */
export type Reporter = (observation: Observation, context: Pick<Context, "waitUntil">) => void;

/** An outage answers thousands of requests alike: one of a kind in so long is enough. */
const INTERVAL_MS = 60_000;

/** Answers of 500 and above go to Sentry. Its code is not looked at before there is one: see `sentry.ts`. */
export function sentryReporter(dsn: Dsn, clock: Clock): Reporter {
  const throttle = createThrottle(INTERVAL_MS, clock);
  return (observation, context) => {
    const { status, route, code } = observation;
    if (status < 500 || !throttle.allows(`${route} ${code}`)) return;
    context.waitUntil(send(observation, dsn, clock.now()).catch((cause) => logFailure("fault not reported", cause)));
  };
}

async function send(observation: Observation, dsn: Dsn, nowMs: number): Promise<void> {
  const { sendReport } = await import("./sentry.ts");
  await sendReport(observation, dsn, nowMs);
}
