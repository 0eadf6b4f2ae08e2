// The Worker with its pages, as tests and screenshots need it.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import type { Sample } from "./samples.ts";
import { ROOT } from "./wrangler.ts";

export interface PagesWorker {
  /** Serves anybody, takes uploads, and shows what is stored. */
  readonly origin: string;
  /** The same pictures, for signed requests only; uploads and listings need a token. */
  readonly closedOrigin: string;
  close(): Promise<void>;
}

export interface Secrets {
  readonly SECRET_KEY: string;
  readonly UPLOAD_SECRET: string;
  readonly JWT_SECRET: string;
}

interface Bindings {
  readonly SOURCE: import("@cloudflare/workers-types").R2Bucket;
  readonly DB: import("@cloudflare/workers-types").D1Database;
}

const OPEN = { ENABLE_UPLOAD: true, ENABLE_LIST: true, UPLOAD_OPEN: true };
const CLOSED = { ENABLE_UPLOAD: true, ENABLE_LIST: true };
/** Browsers take any name below localhost for this machine. */
const CLOSED_HOST = "closed.localhost";

/** The real Worker with both of its faces in one workerd, and pictures in its bucket. */
export async function startPagesWorker(samples: readonly Sample[], secrets: Secrets): Promise<PagesWorker> {
  const folder = await mkdtemp(join(tmpdir(), "edgefit-pages-"));
  const closed = join(folder, "wrangler.toml");
  await writeFile(closed, closedConfig(await readFile(join(ROOT, "wrangler.toml"), "utf8")));
  const { JWT_SECRET, ...ofClosed } = secrets;
  const server = createTestHarness({
    root: ROOT,
    workers: [
      { configPath: "wrangler.toml", vars: OPEN, secrets: { JWT_SECRET } },
      { configPath: closed, vars: CLOSED, secrets: ofClosed },
    ],
  });
  const { url } = await server.listen();
  const worker = server.getWorker<Bindings>();
  await worker.applyD1Migrations("DB");
  await fill((await worker.getEnv()).SOURCE, samples);
  return {
    origin: `http://localhost:${url.port}`,
    closedOrigin: `http://${CLOSED_HOST}:${url.port}`,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function fill(bucket: Bindings["SOURCE"], samples: readonly Sample[]): Promise<void> {
  for (const { name, mime, draw } of samples)
    await bucket.put(name, await draw(), { httpMetadata: { contentType: mime } });
}

/** Under another name and host, with paths that hold from elsewhere. */
const closedConfig = (toml: string): string =>
  toml
    .replace(/^name = .*/m, `name = "edgefit-closed"\nroutes = ["${CLOSED_HOST}/*"]`)
    .replace(/^main = "/m, `main = "${ROOT}/`)
    .replace(/^directory = "/m, `directory = "${ROOT}/`)
    .replace(/^migrations_dir = "/m, `migrations_dir = "${ROOT}/`);
