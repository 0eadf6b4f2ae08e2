import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as later } from "node:timers/promises";
import type { TestHarness } from "wrangler";
import type { Stampede } from "./stampede.ts";

/**
 * Answers `POST /?workers=&requests=` with a picture as body by a `Stampede`: so many Workers, each an isolate of its own,
 * that share bucket, key store and Durable Objects, are asked for the same at once. Tests run in a Worker, which cannot
 * start others; nor is anything started here before it is asked for.
 */
export async function startIsolates(root: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://x");
    const picture = Buffer.concat(await Array.fromAsync(request));
    const asked = { workers: Number(searchParams.get("workers")), requests: Number(searchParams.get("requests")) };
    try {
      response.end(JSON.stringify(await stampede(root, picture, asked)));
    } catch (cause) {
      response.writeHead(500).end(String(cause));
    }
  });
  return { url: await listen(server), close: () => server.close() };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stampede(root: string, picture: Buffer, { workers, requests }: { workers: number; requests: number }) {
  const source = createSource(picture);
  const url = await listen(source.server);
  const names = Array.from({ length: workers }, (_, index) => `edgefit-${index}`);
  // Not before: it takes a second to load. It asks the network where this machine is, unless told not to.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
  const { createTestHarness } = await import("wrangler");
  const harness = createTestHarness({
    root,
    workers: names.map((name) => ({ config: configOf(name, names[0], url) })),
  });
  try {
    await harness.listen();
    return { ...(await ask(harness, names, requests)), reads: source.reads() };
  } finally {
    await harness.close();
    source.server.close();
  }
}

/** Slow enough that all have asked before it has answered. */
const SOURCE_MS = 200;

function createSource(picture: Buffer) {
  let reads = 0;
  const server = createServer(async (_, response) => {
    reads++;
    await later(SOURCE_MS);
    response.setHeader("etag", '"1"').end(picture);
  });
  return { server, reads: () => reads };
}

/** Bucket and namespace are shared by their names; the Durable Objects are all the first Worker's. */
function configOf(name: string, first: string, source: string) {
  const isFirst = name === first;
  const binding = { name: "LEASES", class_name: "DerivativeLease", ...(isFirst ? {} : { script_name: first }) };
  return {
    name,
    main: "src/index.ts",
    compatibility_date: "2026-10-01",
    compatibility_flags: ["nodejs_compat", "enable_request_signal"],
    vars: {
      STORAGE: { src: { type: "http", base_url: source }, dst: { type: "r2", binding: "DESTINATION" } },
      KVSTORE: { type: "kv", binding: "KEYS" },
      LEASE_BINDING: "LEASES",
    },
    r2_buckets: [{ binding: "DESTINATION", bucket_name: "shared" }],
    kv_namespaces: [{ binding: "KEYS", id: "shared" }],
    durable_objects: { bindings: [binding] },
    migrations: isFirst ? [{ tag: "leases", new_sqlite_classes: ["DerivativeLease"] }] : [],
  };
}

const ADDRESS = "https://pics.test/display/resize/300x/photo.jpg";

async function ask(harness: TestHarness, names: readonly string[], requests: number): Promise<Omit<Stampede, "reads">> {
  const askOne = (index: number) => harness.getWorker(names[index % names.length]).fetch(ADDRESS);
  const responses = await Promise.all(Array.from({ length: requests }, (_, index) => askOne(index)));
  const answers: Record<string, number> = {};
  for (const { status, headers } of responses) {
    const answer = `${status} ${headers.get("x-cache")}`;
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  const digests = responses.map(async (response) => digest(Buffer.from(await response.arrayBuffer())));
  return { answers, bodies: new Set(await Promise.all(digests)).size, ...(await kept(harness)) };
}

const digest = (body: Buffer): string => createHash("sha256").update(body).digest("hex");

interface Shared extends Record<string, unknown> {
  readonly DESTINATION: R2Bucket;
  readonly KEYS: KVNamespace;
}

async function kept(harness: TestHarness): Promise<Pick<Stampede, "stored" | "keys">> {
  const { DESTINATION, KEYS } = await harness.getWorker<Shared>().getEnv();
  const [{ objects }, { keys }] = [await DESTINATION.list(), await KEYS.list()];
  return { stored: objects.map(({ key }) => key), keys: keys.map(({ name }) => name) };
}
