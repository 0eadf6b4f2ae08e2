// npm run test:kill: kills a real `wrangler dev` at every step of an upload, and looks at what is left.
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const WRANGLER = join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin/wrangler.js");
const SECRET = "a secret of the kill test alone";
const ID = "fc2398a73dd54d6237c4fdb58fd7d75347cf5af3";
/** More steps than an upload has: the first that is not reached ends the test. */
const MAX_STEPS = 30;
const START_MS = 120_000;

let shade = 0;
let running: ChildProcess | undefined;

const state = await mkdtemp(join(tmpdir(), "edgefit-kill-"));
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;

try {
  await wrangler("d1", "migrations", "apply", "DB", "--local", "--persist-to", state);
  await killAtEveryStep();
} finally {
  if (running) await kill(running);
  await rm(state, { recursive: true, force: true });
}

async function killAtEveryStep(): Promise<void> {
  let server = await start();
  expect("first upload", (await upload("red")).status, 201);
  let kills = 0;
  steps: for (let step = 1; step <= MAX_STEPS; step++)
    for (const side of ["before", "after"]) {
      const at = `${side}:${step}`;
      const reached = await hangs(server, upload("blue", at));
      await kill(server);
      server = await start();
      if (!reached) break steps;
      kills++;
      await verify(at);
    }
  await kill(server);
  console.log(`killed ${kills} times: never an id that points at nothing, nothing left over`);
}

/** True where the request got to the step; false where it was answered. */
function hangs(server: ChildProcess, answer: Promise<Response>): Promise<boolean> {
  const hanging = new Promise<boolean>((resolve) => {
    server.stdout?.on("data", (text) => String(text).includes("hanging") && resolve(true));
  });
  // What goes on behind an answer is a step too.
  const answered = answer
    .then(() => later(3_000))
    .then(
      () => false,
      () => false,
    );
  return Promise.race([hanging, answered]);
}

/** What an id points at is there, and is one of the two pictures; what nothing points at goes with the sweep. */
async function verify(at: string): Promise<void> {
  const { stored, needed } = await look();
  expect(`${at}: objects that are missing`, needed.filter((key) => !stored.includes(key)).length, 0);
  const read = await fetch(`${origin}/avatar/${ID}.png?s=16`);
  expect(`${at}: read`, `${read.status} ${read.headers.get("x-avatar-source")}`, "200 upload");
  const head = await fetch(`${origin}/${ID}`, { method: "HEAD" });
  expect(`${at}: head`, head.status, 204);
  await fetch(`${origin}/test/sweep`);
  const after = await look();
  expect(`${at}: left over`, after.stored.filter((key) => !after.needed.includes(key)).length, 0);
  expect(`${at}: queued`, after.queued, 0);
  expect(`${at}: next upload`, (await upload("red")).status, 201);
  console.log(`${at} ok: ${stored.length - needed.length} left over, swept`);
}

interface State {
  readonly stored: readonly string[];
  readonly needed: readonly string[];
  readonly queued: number;
}

async function look(): Promise<State> {
  const { stored, needed, queued } = (await (await fetch(`${origin}/test/state`)).json()) as State;
  return { stored, needed: needed.filter((key) => key !== null), queued };
}

function upload(colour: "red" | "blue", hang = ""): Promise<Response> {
  const headers = { authorization: `Bearer ${token()}`, "content-type": "image/png", "x-hang": hang };
  return fetch(`${origin}/${ID}`, { method: "POST", body: picture(colour), headers });
}

function token(): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${encode({ alg: "HS256" })}.${encode({ hash: ID, exp: 4_102_444_800 })}`;
  return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
}

/** A PNG of 32 x 32 pixels; each has a blue, or a red, of its own, so that each is a revision of its own. */
function picture(colour: "red" | "blue"): Uint8Array<ArrayBuffer> {
  const level = 255 - (shade++ % 64);
  const pixel = colour === "red" ? [level, 0, 0] : [0, 0, level];
  const rows = Buffer.concat(Array.from({ length: 32 }, () => Buffer.from([0, ...Array(32).fill(pixel).flat()])));
  const header = Buffer.from([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** In a process group of its own, so that the kill takes the runtime with it and nothing else. */
async function start(): Promise<ChildProcess> {
  const args = ["dev", "test/kill/worker.ts", "--port", String(port), "--ip", "127.0.0.1", "--persist-to", state];
  const vars = ["--var", `JWT_SECRET:${SECRET}`, "--show-interactive-dev-session=false"];
  const server = spawn(process.execPath, [WRANGLER, ...args, ...vars], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  running = server;
  server.stdout?.on("data", () => {});
  for (const end = Date.now() + START_MS; Date.now() < end; await later(200))
    if ((await fetch(`${origin}/healthcheck`).catch(() => undefined))?.ok) return server;
  throw new Error("wrangler dev did not start");
}

async function kill(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.on("exit", resolve));
  if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
  await gone;
  running = undefined;
  while (
    await fetch(`${origin}/healthcheck`).then(
      () => true,
      () => false,
    )
  )
    await later(50);
}

async function wrangler(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [WRANGLER, ...args], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new Error(`wrangler ${args.join(" ")} ended with ${code}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function expect(what: string, seen: unknown, wanted: unknown): void {
  if (seen !== wanted) throw new Error(`${what}: ${seen}, expected ${wanted}`);
}
