// npm run self-host: the Worker in workerd alone, on a machine of your own, with folders as storages.
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type SelfHost, workerdConfig } from "./self-host/config.ts";
import { startWorkerd } from "./self-host/workerd.ts";
import { runTool } from "./tool.ts";
import { ended, ROOT, startWrangler } from "./wrangler.ts";

const USAGE = `npm run self-host -- --source DIR                 pictures of DIR on http://127.0.0.1:8787
npm run self-host -- --source DIR --results DIR   where results are kept; default .edgefit/self-host/results
npm run self-host -- --source DIR --listen 0.0.0.0:80
npm run self-host -- --source DIR --var QUALITY=80 --var ENABLE_STATS=true
npm run self-host -- --source DIR --prepare       writes .edgefit/self-host, starts nothing
Secrets come from the environment: SECRET_KEY, UPLOAD_SECRET, JWT_SECRET, METRICS_TOKEN.`;

/** The Worker as Wrangler bundles it, its configuration, its results and its Durable Objects. */
const HOME = join(ROOT, ".edgefit/self-host");

const parsed = () =>
  parseArgs({
    options: {
      source: { type: "string" },
      results: { type: "string", default: join(HOME, "results") },
      listen: { type: "string", default: "127.0.0.1:8787" },
      var: { type: "string", multiple: true, default: [] },
      prepare: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });

type Values = ReturnType<typeof parsed>["values"];

/** `NAME=value`; what has no `=` is refused rather than ignored. */
function parseVar(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new Error(`Cannot read --var ${text}: expected NAME=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** @returns where the configuration of workerd is */
async function prepare(source: string, values: Values): Promise<string> {
  const vars = Object.fromEntries(values.var.map(parseVar));
  await checkFolder(source);
  const bundled = await ended(startWrangler(["deploy", "--dry-run", "--outdir", join(HOME, "worker")], "quiet"));
  if (bundled !== 0) throw new Error("Cannot bundle the Worker: see npm run bundle");
  const folders = { sources: resolve(source), results: resolve(values.results), state: join(HOME, "state") };
  for (const folder of [folders.results, folders.state]) await mkdir(folder, { recursive: true });
  const host: SelfHost = {
    ...folders,
    pages: join(ROOT, "web/dist"),
    worker: join(HOME, "worker"),
    modules: await readdir(join(HOME, "worker")),
    listen: values.listen,
    vars,
    wranglerToml: await readFile(join(ROOT, "wrangler.toml"), "utf8"),
  };
  const path = join(HOME, "config.capnp");
  await writeFile(path, workerdConfig(host));
  return path;
}

/** workerd's own words come behind the address that looks as if all were well. */
async function checkFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw new Error(`Cannot read ${path}: expected a folder of pictures`);
}

runTool(async () => {
  const { values } = parsed();
  if (values.help || values.source === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const config = await prepare(values.source, values);
  console.log(`Configuration: ${config}`);
  if (values.prepare) return 0;
  console.log(`Pictures: http://${values.listen}/display/resize/600x/NAME`);
  return ended(startWorkerd(config), 0);
});
