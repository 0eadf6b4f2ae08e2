import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import type { Sample } from "../../../tools/samples.ts";
import { SECRETS } from "./secrets.ts";

export interface WebWorker {
  /** Serves anybody, and takes uploads. */
  readonly origin: string;
  /** The same pictures, for signed requests only; uploads and listings need a token. */
  readonly closedOrigin: string;
  close(): Promise<void>;
}

const OPEN = { ENABLE_UPLOAD: true, ENABLE_LIST: true, UPLOAD_OPEN: true };
const CLOSED = { ENABLE_UPLOAD: true, ENABLE_LIST: true };
/** Browsers take any name below localhost for this machine. */
const CLOSED_HOST = "closed.localhost";

/** The real Worker with both of its faces in one workerd, and pictures in its bucket. */
export async function startWorker(root: string, samples: readonly Sample[]): Promise<WebWorker> {
  const folder = await mkdtemp(join(tmpdir(), "edgefit-web-"));
  const closed = join(folder, "wrangler.toml");
  await writeFile(closed, closedConfig(await readFile(join(root, "wrangler.toml"), "utf8"), root));
  const { JWT_SECRET, ...secrets } = SECRETS;
  const server = createTestHarness({
    root,
    workers: [
      { configPath: "wrangler.toml", vars: OPEN, secrets: { JWT_SECRET } },
      { configPath: closed, vars: CLOSED, secrets },
    ],
  });
  const { url } = await server.listen();
  const worker = server.getWorker<{ SOURCE: import("@cloudflare/workers-types").R2Bucket; DB: D1 }>();
  await worker.applyD1Migrations("DB");
  const { SOURCE } = await worker.getEnv();
  await Promise.all(
    samples.map(async ({ name, mime, draw }) =>
      SOURCE.put(name, await draw(), { httpMetadata: { contentType: mime } }),
    ),
  );
  return {
    origin: `http://localhost:${url.port}`,
    closedOrigin: `http://${CLOSED_HOST}:${url.port}`,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

type D1 = import("@cloudflare/workers-types").D1Database;

/** Under another name and host, with paths that hold from elsewhere. */
const closedConfig = (toml: string, root: string): string =>
  toml
    .replace(/^name = .*/m, `name = "edgefit-closed"\nroutes = ["${CLOSED_HOST}/*"]`)
    .replace(/^main = "/m, `main = "${root}/`)
    .replace(/^directory = ".\//m, `directory = "${root}/`)
    .replace(/^migrations_dir = "/m, `migrations_dir = "${root}/`);
