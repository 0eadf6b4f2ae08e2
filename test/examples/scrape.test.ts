import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { workerUrl } from "../cli/support/edgefit.ts";
import { SECRETS } from "../cli/support/secrets.ts";
import { examplesFor } from "../support/claims.ts";

/** As much of Prometheus' configuration as is shown. */
interface Prometheus {
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly authorization: { readonly credentials_file: string };
    readonly static_configs: readonly { readonly targets: readonly string[] }[];
  }[];
}

/** What is read from disk and from the network, in their places. */
const FILES: Readonly<Record<string, string>> = { "/etc/prometheus/edgefit-token": SECRETS.METRICS_TOKEN };
const HOSTS: Readonly<Record<string, string>> = { "pictures.internal:8787": workerUrl };

describe("Prometheus", () => {
  it.for(examplesFor("scrape"))("reads the metrics by $text", async ({ text }) => {
    const { scrape_configs } = parse(text) as Prometheus;
    expect(scrape_configs).toHaveLength(1);
    const [{ job_name, authorization, static_configs, ...others }] = scrape_configs;
    // Nothing else is set: Prometheus asks by HTTP, for /metrics, with a Bearer token.
    expect([job_name, Object.keys(authorization), others]).toEqual(["edgefit", ["credentials_file"], {}]);
    for (const target of static_configs.flatMap(({ targets }) => targets)) {
      const headers = { authorization: `Bearer ${FILES[authorization.credentials_file]}` };
      const response = await fetch(`${HOSTS[target]}/metrics`, { headers });
      expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^edgefit_info\{/m)]);
    }
  });
});
