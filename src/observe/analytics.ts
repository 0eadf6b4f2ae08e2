import { logFailure } from "../log.ts";
import type { Observation } from "./observation.ts";

/** A binding of Workers Analytics Engine. */
export type Analytics = Pick<AnalyticsEngineDataset, "writeDataPoint">;

/** One point a request; docs/observability.md names the columns. Their order is part of the API. */
export function writePoint(analytics: Analytics, observation: Observation): void {
  const { route, method, status, code, cache, format, ms, bytes } = observation;
  try {
    analytics.writeDataPoint({
      indexes: [route],
      blobs: [method, route, String(status), code ?? "", cache ?? "", format ?? ""],
      doubles: [ms, bytes],
    });
  } catch (cause) {
    logFailure("point not written", cause);
  }
}
