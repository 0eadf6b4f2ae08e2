import type { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { verifyBearer } from "../http/bearer.ts";
import { liveWasmBytes, peakWasmBytes } from "../platform/wasm-memory.ts";
import { VERSION } from "../version.ts";
import { byLabel, EXPOSITION_TYPE, expose, type Metric, single } from "./exposition.ts";

/** `GET /metrics`: what this isolate did and holds, for Prometheus. */
export async function metrics(request: Request, app: App): Promise<Response> {
  const { metricsToken } = app.config;
  if (metricsToken === undefined)
    throw new HttpError(403, "route_disabled", "Cannot show metrics: no METRICS_TOKEN is configured");
  await verifyBearer(request, metricsToken, "read metrics");
  const text = expose([...didMetrics(app), ...holdsMetrics(app)]);
  return new Response(text, { headers: { "content-type": EXPOSITION_TYPE, "cache-control": "no-store" } });
}

function didMetrics({ counters, clock, startedMs }: App): Metric[] {
  const { requests, byCache, byCode, bytes, made } = counters.read();
  return [
    {
      ...{ name: "edgefit_info", type: "gauge", help: "Which version runs." },
      samples: [{ labels: { version: VERSION }, value: 1 }],
    },
    single("edgefit_uptime_seconds", "gauge", "Since this isolate was first asked.", (clock.now() - startedMs) / 1000),
    {
      ...{ name: "edgefit_requests_total", type: "counter", help: "Answers by route and status." },
      samples: [...requests.values()].map(({ count, ...labels }) => ({ labels, value: count })),
    },
    byLabel("edgefit_pictures_total", "Answers with a picture, by where it was found.", "cache", byCache),
    byLabel("edgefit_refusals_total", "Refusals by code.", "code", byCode),
    single("edgefit_made_total", "counter", "Pictures that were made.", made),
    single("edgefit_sent_bytes_total", "counter", "Bytes of pictures that were answered.", bytes),
  ];
}

function holdsMetrics({ budget, loading, jobs, config }: App): Metric[] {
  const { reservedBytes, waiting } = budget.state();
  return [
    single("edgefit_jobs", "gauge", "Pictures in the making.", jobs.size()),
    single("edgefit_jobs_waiting", "gauge", "Of these, those that wait for memory.", waiting),
    single("edgefit_budget_bytes", "gauge", "Memory that jobs may hold.", config.limits.decodeBudgetBytes),
    single("edgefit_budget_reserved_bytes", "gauge", "Memory that jobs hold.", reservedBytes),
    single("edgefit_sources_bytes", "gauge", "Memory that sources hold.", loading.state().reservedBytes),
    single("edgefit_wasm_bytes", "gauge", "WebAssembly memory in use.", liveWasmBytes()),
    single("edgefit_wasm_peak_bytes", "gauge", "The most that was in use at once.", peakWasmBytes()),
  ];
}
