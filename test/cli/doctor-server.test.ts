import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../cli/doctor/finding.ts";
import { VERSION } from "../../src/version.ts";
import { edgefit, OWNER, workerUrl } from "./support/edgefit.ts";

/** What doctor finds at `base` alone. */
async function seen(base: string, env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const { out } = await edgefit(["doctor", base, "--json"], { env });
  const { findings }: { findings: readonly Finding[] } = JSON.parse(out);
  return findings
    .filter(({ about }) => !["SECRET_KEY", "JWT_SECRET"].includes(about))
    .map(({ about, what }) => `${about}: ${what}`);
}

/** A server of these answers by path, with a clock that is `skew` seconds off. */
async function serving(
  answers: Readonly<Record<string, readonly [number, unknown]>>,
  skew: number,
  use: (base: string) => Promise<void>,
) {
  const server = createServer(({ url = "" }, response) => {
    const [status, body] = answers[url.split("?")[0]] ?? [404, {}];
    const date = new Date(Date.now() - skew * 1_000).toUTCString();
    response.writeHead(status, { "content-type": "application/json", date }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.closeAllConnections();
  server.close();
}

/** As edgefit answers, with whatever else a test wants. */
const EDGEFIT = {
  "/healthcheck": [200, { version: VERSION }],
  "/display": [404, { code: "not_found" }],
} as const;
const NO_PAGES = "assets: Browsers get no playground";

describe("edgefit doctor of a running Worker", () => {
  it("finds nothing where nothing is wrong", async () => {
    const { code, out } = await edgefit(["doctor", workerUrl], { env: OWNER });
    expect([code, out]).toEqual([0, "0 faults, 0 warnings\n"]);
  });

  it("looks at the folder and at the Worker of the environment, unless it is told where", async () => {
    const { code, out } = await edgefit(["doctor", "--json"], { env: { EDGEFIT_URL: "http://127.0.0.1:1" } });
    const { findings }: { findings: readonly Finding[] } = JSON.parse(out);
    expect(code).toBe(1);
    // The first two are of the folder, which is shipped without secrets.
    expect(findings.map(({ about }) => about)).toEqual(["SECRET_KEY", "JWT_SECRET", "http://127.0.0.1:1/healthcheck"]);
  });

  it.for([
    [{ EDGEFIT_SECRET: "another" }, "EDGEFIT_SECRET: The Worker refuses what it signs"],
    [
      { EDGEFIT_JWT_SECRET: "another secret, long enough" },
      "EDGEFIT_JWT_SECRET: The Worker refuses its tokens: 401 invalid_token",
    ],
    [{ EDGEFIT_JWT_SECRET: "short" }, "EDGEFIT_JWT_SECRET: It has less than 16 bytes"],
  ] as const)("names %j as wrong", async ([env, fault]) => {
    expect(await seen(workerUrl, env)).toEqual([expect.stringContaining(fault)]);
  });

  it("names a Worker that is not there, and one that cannot start", async () => {
    expect(await seen("http://127.0.0.1:1")).toEqual([expect.stringContaining("Nobody answers: ")]);
    const detail = "Cannot start: QUALITY must be an integer from 1 to 100";
    await serving({ "/healthcheck": [500, { code: "internal", detail }] }, 0, async (base) => {
      expect(await seen(base)).toEqual([`${base}/healthcheck: It answers 500 internal (${detail})`]);
    });
    await serving({ "/healthcheck": [200, {}], "/display": [404, {}] }, 0, async (base) => {
      expect(await seen(base)).toContain(`${base}/healthcheck: This is not edgefit`);
    });
  });

  it.for([
    [-120, /(?:119|120) seconds behind/],
    [300, /(?:300|301) seconds ahead of/],
    [30, undefined],
  ] as const)("a clock that is %i seconds off", async ([skew, words]) => {
    await serving(EDGEFIT, skew, async (base) => {
      const clock = (await seen(base)).find((finding) => finding.startsWith("clock"));
      if (words) expect(clock).toMatch(words);
      else expect(clock).toBeUndefined();
    });
  });

  it("names what fails behind it", async () => {
    const none = "0".repeat(64);
    const failing = {
      [`/api/avatars/${none}`]: [503, { code: "storage_unavailable" }],
      "/display": [502, { code: "source_error" }],
    } as const;
    await serving({ ...EDGEFIT, ...failing }, 0, async (base) => {
      expect(await seen(base)).toEqual([
        "STORAGE: A picture that does not exist is answered 502 source_error",
        "DB: Avatars cannot be read: 503 storage_unavailable",
        NO_PAGES,
      ]);
    });
  });

  it("warns of another version, and of requests that anybody can read", async () => {
    await serving({ ...EDGEFIT, "/healthcheck": [200, { version: "0.0.1" }] }, 0, async (base) => {
      const open = base.replace("127.0.0.1", "0.0.0.0");
      expect(await seen(open)).toEqual([
        `${open}: It is not asked by HTTPS`,
        `version: The Worker is 0.0.1, this is ${VERSION}`,
        NO_PAGES,
      ]);
    });
  });
});
