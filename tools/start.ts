// npm start: fills the local R2 bucket with pictures, starts the Worker, prints URLs that show results.
import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { extname, join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { withLocalBindings } from "./local-bindings.ts";
import { localToken } from "./local-token.ts";
import { SAMPLES } from "./samples.ts";
import { runTool } from "./tool.ts";
import { ended, ROOT, startWrangler } from "./wrangler.ts";

const USAGE = `npm start                        sample pictures on http://localhost:8787
npm start -- --source DIR        your own folder of pictures instead
npm start -- --port 9000         another port`;

const MIME: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".bmp": "image/bmp",
  ".tif": "image/tiff",
  ".tiff": "image/tiff",
};

/** MAX_SOURCE_BYTES, beyond which the Worker would refuse the picture anyway. */
const MAX_BYTES = 26_214_400;
const SHOWN = 3;

interface Bindings {
  readonly SOURCE: R2Bucket;
  readonly DB: D1Database;
}
type R2Bucket = import("@cloudflare/workers-types").R2Bucket;
type D1Database = import("@cloudflare/workers-types").D1Database;

/** Opens what `wrangler dev` will use, for as long as `prepare` takes. */
const withBindings = <T>(prepare: (bindings: Bindings) => Promise<T>): Promise<T> =>
  withLocalBindings({ config: join(ROOT, "wrangler.toml"), state: join(ROOT, ".wrangler/state/v3") }, prepare);

/** Whether a migration is missing. Asking is quick, Wrangler takes seconds. */
async function isOutdated(database: D1Database): Promise<boolean> {
  const known = await database
    .prepare("SELECT name FROM d1_migrations")
    .all<{ name: string }>()
    .catch(() => undefined);
  const applied = new Set(known?.results.map(({ name }) => name));
  return (await readdir(join(ROOT, "migrations"))).some((name) => !applied.has(name));
}

/** Samples are drawn once; a second start finds them. */
async function fillWithSamples(bucket: R2Bucket): Promise<string[]> {
  for (const { name, mime, draw } of SAMPLES) {
    if (await bucket.head(name)) continue;
    console.log(`drawing ${name}`);
    await bucket.put(name, await draw(), { httpMetadata: { contentType: mime } });
  }
  return SAMPLES.map(({ name }) => name);
}

async function fillFromFolder(bucket: R2Bucket, folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile() || file.isSymbolicLink())
    .map((file) => join(file.parentPath, file.name))
    .sort();
  const names: string[] = [];
  for (const path of paths) if (await putFile(bucket, folder, path)) names.push(nameOf(folder, path));
  return names;
}

const nameOf = (folder: string, path: string): string => relative(folder, path).split(sep).join("/");

async function putFile(bucket: R2Bucket, folder: string, path: string): Promise<boolean> {
  const contentType = MIME[extname(path).toLowerCase()];
  if (!contentType) return false;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new Error(`${size} bytes, more than MAX_SOURCE_BYTES`);
    await bucket.put(nameOf(folder, path), await readFile(path), { httpMetadata: { contentType } });
    return true;
  } catch (thrown) {
    console.log(`left out ${nameOf(folder, path)}: ${thrown instanceof Error ? thrown.message : thrown}`);
    return false;
  }
}

const encodeName = (name: string): string => name.split("/").map(encodeURIComponent).join("/");

/** URLs that show something: of the samples the most telling ones, of a folder its first pictures, and an avatar. */
function examples(origin: string, names: readonly string[], own: boolean): string[] {
  const avatar = `${origin}/avatar/?d=initials&name=Ada+Lovelace&s=300&radius=50`;
  if (own) return [...names.slice(0, SHOWN).map((name) => `${origin}/display/resize/600x/${encodeName(name)}`), avatar];
  return [
    `${origin}/display/thumbnail/600x400/landscape.jpg`,
    `${origin}/display?path=badge.png&op=resize&w=300&fmt=webp`,
    `${origin}/display?path=orbit.gif&op=op:resize+w:200&op=op:rotate+deg:90`,
    avatar,
  ];
}

/** Open on this machine only: the playground uploads and lists pictures. With UPLOAD_SECRET set, it is still needed. */
const OPEN = ["ENABLE_UPLOAD", "ENABLE_LIST", "UPLOAD_OPEN"].flatMap((name) => ["--var", `${name}:true`]);

/** Runs `wrangler dev` until it ends or the terminal interrupts it. */
function runWorker(port: string, vars: readonly string[], ready: () => void): Promise<number> {
  const child = startWrangler(["dev", "--port", port, "--show-interactive-dev-session=false", ...vars]);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  void whenUp(`http://localhost:${port}/healthcheck`, () => child.exitCode === null).then((up) => up && ready());
  return ended(child, 0);
}

async function whenUp(url: string, running: () => boolean): Promise<boolean> {
  while (running()) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise((later) => setTimeout(later, 200));
  }
  return false;
}

/** Before anything is drawn: Wrangler says so late, and who answers there meanwhile is somebody else. */
async function checkPort(text: string): Promise<void> {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Error(`Cannot use port ${text}: expected a number from 1 to 65535`);
  const server = createServer().listen(port, "localhost");
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new Error(`Cannot use port ${text}: another --port may be free`, { cause });
  } finally {
    server.close();
  }
}

async function checkFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw new Error(`Cannot read ${path}: expected a folder of pictures`);
}

/** Pictures and tables are there before the Worker starts. */
async function prepare(source: string | undefined): Promise<readonly string[]> {
  const { names, outdated } = await withBindings(async ({ SOURCE, DB }) => ({
    names: await (source ? fillFromFolder(SOURCE, source) : fillWithSamples(SOURCE)),
    outdated: await isOutdated(DB),
  }));
  if (outdated) await ended(startWrangler(["d1", "migrations", "apply", "DB", "--local"], "quiet"));
  if (names.length === 0) console.log(`No pictures in ${source}: expected ${Object.keys(MIME).join(" ")}`);
  return names;
}

async function start(source: string | undefined, port: string): Promise<number> {
  if (source !== undefined) await checkFolder(source);
  await checkPort(port);
  const names = await prepare(source);
  const avatars = await localToken();
  return runWorker(port, [...OPEN, ...avatars.vars], () => {
    const origin = `http://localhost:${port}`;
    const urls = examples(origin, names, source !== undefined);
    console.log(`\nReady. Try everything here:\n\n  ${origin}/\n  ${origin}/avatars${avatars.fragment}\n`);
    console.log(`or open one of these:\n\n${urls.map((url) => `  ${url}`).join("\n")}\n`);
  });
}

runTool(async () => {
  const { values } = parseArgs({
    options: { source: { type: "string" }, port: { type: "string", default: "8787" }, help: { type: "boolean" } },
  });
  if (!values.help) return start(values.source, values.port);
  console.log(USAGE);
  return 0;
});
