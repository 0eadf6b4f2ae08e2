// What one isolate of workerd holds, asked of its inspector (Chrome DevTools Protocol), which `wrangler dev` switches on.
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Isolate of the Worker that is measured, beside those that simulate R2, KV and the like. */
const SERVICE_ISOLATE = "core:user:edgefit";

/**
 * Bytes that the Worker's isolate still holds once its garbage is collected: objects of V8, of workerd behind them, and
 * buffers with WASM memories. A leak of the Worker's own grows here.
 * @param workerd its process id
 * @param origin where it answers
 */
export async function liveBytes(workerd: number, origin: string): Promise<number> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    const bytes = await askLiveBytes(workerd, origin).catch(() => undefined);
    if (bytes !== undefined) return bytes;
  }
  return askLiveBytes(workerd, origin);
}

/** The first connection to an isolate that is busy may never be answered, while the next one is. */
const ATTEMPTS = 4;

async function askLiveBytes(workerd: number, origin: string): Promise<number> {
  const inspector = await openInspector(await inspectorUrl(workerd));
  try {
    await keepingAwake(origin, inspector.ask("HeapProfiler.collectGarbage"));
    const heap = await inspector.ask("Runtime.getHeapUsage");
    return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize;
  } finally {
    inspector.close();
  }
}

/** An isolate collects its garbage when a request comes: one without work has to be given some. */
async function keepingAwake<T>(origin: string, work: Promise<T>): Promise<T> {
  const wake = () => fetch(`${origin}/healthcheck`).then((response) => response.bytes());
  const waking = setInterval(() => wake().catch(() => undefined), WAKE_MS);
  return work.finally(() => clearInterval(waking));
}

const WAKE_MS = 500;

/** One of the ports lists the isolates; the others answer otherwise. */
async function inspectorUrl(workerd: number): Promise<string> {
  for (const port of portsOf(workerd)) {
    const isolates = await isolatesAt(`http://127.0.0.1:${port}/json`);
    if (isolates.includes(SERVICE_ISOLATE)) return `ws://127.0.0.1:${port}/${SERVICE_ISOLATE}`;
  }
  throw new Error(`Cannot find the inspector of ${SERVICE_ISOLATE}`);
}

async function isolatesAt(url: string): Promise<readonly string[]> {
  try {
    const listed: { readonly id: string }[] = await (await fetch(url, { signal: AbortSignal.timeout(ASK_MS) })).json();
    return listed.map(({ id }) => id);
  } catch {
    return [];
  }
}

/** Where a process listens (proc_pid_net(5): local address, state, inode). */
function portsOf(pid: number): number[] {
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => targetOf(`/proc/${pid}/fd/${fd}`)));
  const lines = readFileSync(`/proc/${pid}/net/tcp`, "utf8").trim().split("\n").slice(1);
  return lines.flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    const listens = state === LISTENING && open.has(`socket:[${inode}]`);
    return listens ? [Number.parseInt(local.split(":")[1], 16)] : [];
  });
}

const LISTENING = "0A";

/** Files are opened and closed while they are listed. */
function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

/** Asks one thing after another, since whatever comes is taken for the answer. */
async function openInspector(url: string) {
  const socket = new WebSocket(url);
  const next = (event: string) => once(socket, event, { signal: AbortSignal.timeout(ASK_MS) });
  await next("open");
  return {
    async ask(method: string): Promise<Readonly<Record<string, number>>> {
      const answer = next("message");
      socket.send(JSON.stringify({ id: 1, method }));
      return JSON.parse((await answer)[0].data).result;
    },
    close: () => socket.close(),
  };
}

/** A busy isolate answers between two requests. */
const ASK_MS = 5_000;
