import type { App } from "./app.ts";
import { ENDPOINTS } from "./avatar/endpoints.ts";
import { HttpError } from "./error.ts";
import { verifyAddress } from "./image/permission.ts";
import type { Counts } from "./observe/counters.ts";
import { page, wantsPage } from "./pages.ts";
import { peakWasmBytes } from "./platform/wasm-memory.ts";
import { VERSION } from "./version.ts";

const uptime = ({ clock, startedMs }: App): string => `${Math.floor((clock.now() - startedMs) / 1000)}s`;

const NO_STORE = { headers: { "cache-control": "no-store" } };

/** `GET /`: for browsers the playground; for others who is answering, and what avatars are asked for by. */
export const root = (request: Request, app: App): Promise<Response> | Response =>
  app.pages && wantsPage(request) ? page("playground", request, app) : whoAnswers(app);

const whoAnswers = (app: App): Response =>
  Response.json(
    { ...(app.avatars && ENDPOINTS), data: { name: "edgefit", version: VERSION }, error: null },
    { headers: { ...NO_STORE.headers, vary: "Accept" } },
  );

/** `GET /healthcheck`: alive. Needs no signature and touches no storage. */
export function healthcheck(request: Request, app: App): Response {
  const body = {
    started_at: new Date(app.startedMs).toISOString(),
    uptime: uptime(app),
    status: "Ok",
    version: VERSION,
    revision: "",
    build_time: "",
    compiler: "",
    latest_commit_message: "",
    ip_address: request.headers.get("cf-connecting-ip") ?? "",
  };
  return Response.json(body, NO_STORE);
}

/** `GET /sys/stats`: answers of this isolate by status, and the most WebAssembly memory that it used at once. */
export function stats(request: Request, app: App): Response {
  requireEnabled(app.config.enable.stats);
  verifyAddress(request, app);
  const byStatus = statusesOf(app.counters.read());
  const body = {
    uptime: uptime(app),
    total_count: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
    total_status_code_count: byStatus,
    peak_wasm_bytes: peakWasmBytes(),
  };
  return Response.json(body, NO_STORE);
}

function statusesOf({ requests }: Counts): Record<string, number> {
  const byStatus: Record<string, number> = {};
  for (const { status, count } of requests.values()) byStatus[status] = (byStatus[status] ?? 0) + count;
  return byStatus;
}

/** `GET /sys/health`: what this isolate is busy with. */
export function health(request: Request, app: App): Response {
  requireEnabled(app.config.enable.health);
  verifyAddress(request, app);
  return Response.json({ jobs: app.jobs.size(), ...app.budget.state() }, NO_STORE);
}

function requireEnabled(enabled: boolean): void {
  if (!enabled) throw new HttpError(403, "route_disabled", "Cannot show this: it is switched off");
}
