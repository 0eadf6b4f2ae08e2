import { env } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import documented from "../../docs/observability.md?raw";
import { createApp } from "../../src/create-app.ts";
import { encode, gradient } from "../support/drawings.ts";
import { faulty } from "../support/faulty.ts";
import { loadedModules } from "../support/loaded-modules.ts";
import { originUrl } from "../support/origin.ts";
import { type Service, service } from "../support/service.ts";

const TOKEN = "metrics-token";
const PATH = "private-holiday.jpg";
const SIG = "0123456789abcdef0123456789abcdef01234567";

beforeAll(async () => {
  await env.SOURCE.put(PATH, await encode(gradient(40, 30), "jpg"));
  await env.SOURCE.put("private-notes.jpg", "this is no picture");
});

afterEach(() => vi.restoreAllMocks());

/** A service whose storage of sources fails. */
const broken = (vars = {}) =>
  service({
    ...vars,
    SOURCE: faulty(env.SOURCE, { get: () => Promise.reject(new Error("secret of the backend")) }).proxy,
  });

/** One picture made, one stored, one refused, one that is not there, one that no route has. */
async function ask({ fetch }: Service): Promise<void> {
  await fetch(`/display?path=${PATH}&op=resize&w=20&sig=${SIG}&force=1`, {
    headers: { authorization: "Bearer tok-en" },
  });
  await fetch(`/display?path=${PATH}&op=resize&w=20&sig=${SIG}&force=1`, { method: "HEAD" });
  await fetch(`/display/resize/21x/${PATH}`);
  await fetch(`/display/resize/21x/${PATH}`);
  await fetch("/display?path=private-notes.jpg&op=noop");
  await fetch("/display?path=private-absent.jpg&op=noop");
  await fetch("/private-page");
  await fetch("/display", { method: "PROPFIND" });
}

describe("GET /metrics", () => {
  const authorized = { headers: { authorization: `Bearer ${TOKEN}` } };
  const vars = { METRICS_TOKEN: TOKEN, KVSTORE: undefined, LOG: "off" };

  it.for([
    ["without METRICS_TOKEN", {}, authorized, 403, "route_disabled"],
    ["without a token", vars, {}, 401, "missing_token"],
    ["with another token", vars, { headers: { authorization: "Bearer metrics-tokem" } }, 401, "invalid_token"],
  ] as const)("is closed %s", async ([, vars, init, status, code]) => {
    const response = await service(vars).fetch("/metrics", init);
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  it("counts what this isolate did", async () => {
    await env.DESTINATION.list().then(({ objects }) =>
      Promise.all(objects.map(({ key }) => env.DESTINATION.delete(key))),
    );
    const asked = service(vars);
    await ask(asked);
    const response = await asked.fetch("/metrics", authorized);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const text = await response.text();
    for (const line of [
      'edgefit_requests_total{method="GET",route="/display",status="200"} 1',
      'edgefit_requests_total{method="HEAD",route="/display",status="200"} 1',
      'edgefit_requests_total{method="GET",route="/display/{rest}",status="200"} 2',
      'edgefit_requests_total{method="GET",route="/display",status="415"} 1',
      'edgefit_requests_total{method="GET",route="/display",status="404"} 1',
      'edgefit_requests_total{method="GET",route="none",status="404"} 1',
      'edgefit_requests_total{method="other",route="none",status="405"} 1',
      'edgefit_pictures_total{cache="made"} 3',
      'edgefit_pictures_total{cache="stored"} 1',
      'edgefit_refusals_total{code="unsupported_image"} 1',
      'edgefit_refusals_total{code="method_not_allowed"} 1',
      "edgefit_made_total 3",
      "edgefit_budget_bytes 83886080",
      "edgefit_budget_reserved_bytes 0",
      "edgefit_jobs 0",
    ])
      expect(text.split("\n")).toContain(line);
    const numberOf = (name: string) => Number(new RegExp(`^${name} ([0-9.e+]+)$`, "m").exec(text)?.[1]);
    const sizes = await Promise.all(
      [`/display?path=${PATH}&op=resize&w=20&sig=${SIG}&force=1`, `/display/resize/21x/${PATH}`].map(async (url) => {
        return (await (await asked.fetch(url)).bytes()).length;
      }),
    );
    expect(numberOf("edgefit_sent_bytes_total")).toBe(sizes[0] + 2 * sizes[1]);
    expect(numberOf("edgefit_wasm_peak_bytes")).toBeGreaterThan(65_536);
    expect(numberOf("edgefit_uptime_seconds")).toBeGreaterThanOrEqual(0);
    expect(text).not.toMatch(/private|PROPFIND|0123456|tok-en/);
  });

  it("is what Prometheus reads", async () => {
    const asked = service(vars);
    await ask(asked);
    const text = await (await asked.fetch("/metrics", authorized)).text();
    expect(text.endsWith("\n")).toBe(true);
    const types = [...text.matchAll(/^# TYPE (\S+) (counter|gauge)$/gm)].map(([, name]) => name);
    expect(new Set(types).size).toBe(types.length);
    for (const name of types) expect(documented).toMatch(new RegExp(`\`${name}[\`{]`));
    for (const line of text.trimEnd().split("\n")) {
      const sample = /^([a-z_]+)(?:\{[a-z]+="(?:[^"\\]|\\.)*"(?:,[a-z]+="(?:[^"\\]|\\.)*")*\})? [0-9.e+-]+$/.exec(line);
      expect(line.startsWith("# HELP ") || line.startsWith("# TYPE ") || types.includes(sample?.[1] ?? ""), line).toBe(
        true,
      );
    }
  });

  it("has no more lines however many names are asked for", async () => {
    const asked = service(vars);
    const lines = async () => (await (await asked.fetch("/metrics", authorized)).text()).split("\n").length;
    await lines();
    const before = await lines();
    for (let n = 0; n < 30; n++) await asked.fetch(`/name-${n}`, { method: n % 2 ? "GET" : "PROPFIND" });
    expect(await lines()).toBeLessThanOrEqual(before + 3);
  });
});

describe("LOG", () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const name of ["log", "error"] as const)
      vi.spyOn(console, name).mockImplementation((line) => void written.push(`${name} ${line}`));
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
  });

  it("all: one line a request, and nothing of what was asked for", async () => {
    await ask(service({ LOG: "all" }));
    expect(written).toHaveLength(8);
    expect(written.join()).not.toMatch(/private|PROPFIND|0123456|tok-en|pics\.test|127\.0/);
    const [first] = written;
    expect(JSON.parse(first.slice("log ".length))).toEqual({
      ...{ requestId: expect.any(String), method: "GET", route: "/display", status: 200, cache: "made" },
      ...{ format: "jpeg", bytes: expect.any(Number), ms: expect.any(Number) },
    });
    const codes = written.map((line) => JSON.parse(line.slice(4)).code);
    const none = undefined;
    expect(codes).toEqual([
      none,
      none,
      none,
      none,
      "unsupported_image",
      "not_found",
      "not_found",
      "method_not_allowed",
    ]);
  });

  it("names the request as its answer does", async () => {
    const response = await service({ LOG: "all" }).fetch("/healthcheck");
    expect(JSON.parse(written[0].slice(4)).requestId).toBe(response.headers.get("x-request-id"));
  });

  it.for([
    [undefined, 1],
    ["errors", 1],
    ["off", 0],
  ] as const)("%s writes %i line for a fault, and none for what goes well", async ([LOG, lines]) => {
    await ask(service({ LOG }));
    expect(written).toEqual([]);
    await broken({ LOG }).fetch(`/display?path=${PATH}&op=resize&w=12`);
    expect(written).toHaveLength(lines);
    if (lines > 0)
      expect(JSON.parse(written[0].slice("error ".length))).toMatchObject({
        ...{ route: "/display", status: 503, code: "storage_unavailable" },
        cause: expect.stringContaining("secret of the backend"),
      });
  });

  it("is written for a broken configuration", async () => {
    await service({ LOG: "none" }).fetch("/healthcheck");
    expect(written[0]).toContain("LOG must be one of off, errors, all");
  });
});

describe("ANALYTICS", () => {
  it("gets a point a request", async () => {
    const points: unknown[] = [];
    await ask(service({ LOG: "off", ANALYTICS: { writeDataPoint: (point: unknown) => points.push(point) } }));
    expect(points).toHaveLength(8);
    expect(points[0]).toEqual({
      indexes: ["/display"],
      blobs: ["GET", "/display", "200", "", "made", "jpeg"],
      doubles: [expect.any(Number), expect.any(Number)],
    });
    expect(points[4]).toMatchObject({ blobs: ["GET", "/display", "415", "unsupported_image", "", ""] });
    expect(JSON.stringify(points)).not.toMatch(/private|PROPFIND|0123456|tok-en/);
  });

  it("does not break what it counts", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const ANALYTICS = {
      writeDataPoint: () => {
        throw new Error("full");
      },
    };
    expect((await service({ ANALYTICS }).fetch("/healthcheck")).status).toBe(200);
  });
});

describe("SENTRY_DSN", () => {
  beforeEach(() => {
    for (const name of ["error", "warn"] as const) vi.spyOn(console, name).mockImplementation(() => undefined);
  });

  const dsnOf = (project: number) => `${originUrl.replace("://", "://publickey@")}/${project}`;
  const envelopesOf = async (project: number): Promise<{ url: string; headers: object; body: string }[]> =>
    (await fetch(`${originUrl}/envelopes?project=${project}`)).json();
  const sentryModules = () => loadedModules().filter((path) => /sentry/.test(path));
  const url = `/display?path=${PATH}&op=resize&w=14&sig=${SIG}&force=1`;
  const init = { headers: { authorization: "Bearer tok-en", "cf-connecting-ip": "192.0.2.17", cookie: "a=private" } };

  it("absent: nothing of Sentry is loaded, whatever fails", async () => {
    expect((await broken().fetch(url, init)).status).toBe(503);
    expect(sentryModules()).toEqual([]);
  });

  it("takes a report of a fault that tells nothing of who asked for what", async () => {
    const response = await broken({ SENTRY_DSN: dsnOf(1) }).fetch(url, init);
    expect(response.status).toBe(503);
    expect(sentryModules()).not.toEqual([]);
    const [{ url: ingest, headers, body }, ...others] = await envelopesOf(1);
    expect(others).toEqual([]);
    expect(ingest).toBe("/api/1/envelope/?sentry_version=7&sentry_key=publickey");
    const [header, item, event] = body.split("\n").map((line) => JSON.parse(line));
    expect([header.dsn, item.type]).toEqual([dsnOf(1), "event"]);
    expect(event).toMatchObject({
      ...{ event_id: header.event_id, platform: "javascript", level: "error", transaction: "GET /display" },
      release: expect.stringMatching(/^edgefit@[0-9.]+$/),
      tags: {
        ...{ requestId: response.headers.get("x-request-id"), route: "/display", method: "GET" },
        ...{ status: 503, code: "storage_unavailable" },
      },
      exception: { values: [{ type: "Error", value: "secret of the backend" }] },
    });
    const [{ stacktrace }] = event.exception.values;
    expect(stacktrace.frames.at(-1)).toMatchObject({ lineno: expect.any(Number), colno: expect.any(Number) });
    expect(event.request ?? event.user ?? event.breadcrumbs ?? event.contexts).toBeUndefined();
    expect(body + JSON.stringify(headers)).not.toMatch(/private|0123456|tok-en|192\.0\.2|pics\.test|\?/);
  });

  it("takes nothing that is the client's fault", async () => {
    await ask(service({ SENTRY_DSN: dsnOf(2) }));
    expect(await envelopesOf(2)).toEqual([]);
  });

  it("takes one report of a kind in a minute", async () => {
    const failing = broken({ SENTRY_DSN: dsnOf(3) });
    for (let n = 0; n < 3; n++) await failing.fetch(`${url}&n=${n}`);
    await failing.fetch(`/explain${url.slice("/display".length)}`);
    const transactions = (await envelopesOf(3)).map(({ body }) => JSON.parse(body.split("\n")[2]).transaction);
    expect(transactions).toEqual(["GET /display", "GET /explain"]);
  });

  it("is left alone while it says so", async () => {
    for (const path of [url, `/explain${url.slice("/display".length)}`]) {
      const response = await broken({ SENTRY_DSN: dsnOf(9) }).fetch(path);
      expect(response.status).toBe(503);
    }
    expect(await envelopesOf(9)).toHaveLength(1);
  });

  it("may be out of reach", async () => {
    const response = await broken({ SENTRY_DSN: "http://key@127.0.0.1:1/1" }).fetch(url);
    expect(response.status).toBe(503);
  });

  it.for(["abc", "https://sentry.test/1"])("%s stops the start, and is named", async (SENTRY_DSN) => {
    const response = await service({ SENTRY_DSN }).fetch("/healthcheck");
    expect(await response.json()).toMatchObject({ status: 500, detail: expect.stringContaining("SENTRY_DSN must be") });
  });
});

describe("/sys/stats", () => {
  it("counts by status, over all routes", async () => {
    const asked = service({ ENABLE_STATS: "1", LOG: "off" });
    createApp(asked.env, "pics.test");
    await ask(asked);
    const stats = await (await asked.fetch("/sys/stats")).json();
    expect(stats).toMatchObject({ total_count: 8, total_status_code_count: { 200: 4, 404: 2, 405: 1, 415: 1 } });
  });
});
