import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { createTestHarness } from "wrangler";
import { png } from "./support/picture.ts";
import type {} from "./support/provided.ts";
import { SECRETS } from "./support/secrets.ts";

const PICTURES = ["a.png", "b.png", "c.png", "a b/é?.png", "photos/a.png", "photos/b.png"];

const OPENED = ["ENABLE_UPLOAD", "ENABLE_LIST", "ENABLE_DELETE", "ENABLE_CASCADE_DELETE", "ENABLE_PURGE"];

/** The CLI as it is built, and a Worker that it talks to: closed, with all of its secrets. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config;
  const vars = Object.fromEntries(OPENED.map((name) => [name, true]));
  const server = createTestHarness({
    root,
    workers: [{ configPath: "wrangler.toml", vars, secrets: { ...SECRETS } }],
  });
  const build = promisify(execFile)(process.execPath, [join(root, "tools/build-cli.ts")]);
  const [{ url }] = await Promise.all([server.listen(), build]);
  const worker = server.getWorker<{ SOURCE: R2Bucket; DB: D1Database }>();
  await worker.applyD1Migrations("DB");
  const { SOURCE } = await worker.getEnv();
  for (const name of PICTURES) await SOURCE.put(name, png(60, 40, [200, 40, 90]));
  project.provide("workerUrl", url.origin);
  return () => server.close();
}
