import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLocalBindings } from "../tools/local-bindings.ts";
import type { Photo } from "./contender.ts";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Configuration of the service itself. */
export const SERVICE = join(ROOT, "wrangler.toml");

export interface DevWorker {
  readonly origin: string;
  /** Of `wrangler dev`, parent of the workerd processes. */
  readonly pid: number;
  stop(): Promise<void>;
}

export interface DevOptions {
  readonly config: string;
  /** Holds the local buckets. */
  readonly folder: string;
  readonly vars?: Readonly<Record<string, string>>;
  /** For Wrangler itself. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Puts photos into the local bucket SOURCE that `wrangler dev` will use. */
export const fillBucket = ({ config, folder }: DevOptions, photos: Iterable<Photo>): Promise<void> =>
  withLocalBindings<{ SOURCE: import("@cloudflare/workers-types").R2Bucket }, void>(
    { config, state: join(folder, "v3") },
    async ({ SOURCE }) => {
      for (const { name, bytes } of photos) await SOURCE.put(name, bytes);
    },
  );

/** Starts `wrangler dev` on a free port. @throws Error with what it printed, where it does not come up */
export async function startWorker({ config, folder, vars = {}, env = {} }: DevOptions): Promise<DevWorker> {
  const port = await freePort();
  const flags = ["--config", config, "--persist-to", folder, "--port", String(port), "--log-level", "error"];
  const set = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const child = spawn(process.execPath, [wrangler(), "dev", ...flags, ...set], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1", ...env },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => printed.push(String(text)));
  const origin = `http://127.0.0.1:${port}`;
  if (!(await isUp(origin, child))) throw new Error(`Cannot start wrangler dev: ${printed.join("")}`);
  return { origin, pid: child.pid ?? 0, stop: () => stop(child) };
}

const wrangler = (): string =>
  join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin/wrangler.js");

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("Cannot find a free port");
  return address.port;
}

const START_MS = 60_000;

async function isUp(origin: string, child: ChildProcess): Promise<boolean> {
  const end = Date.now() + START_MS;
  while (child.exitCode === null && Date.now() < end) {
    const response = await fetch(`${origin}/healthcheck`).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise((later) => setTimeout(later, 200));
  }
  await stop(child);
  return false;
}
