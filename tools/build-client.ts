// npm run build:client: makes client/dist, what `import "edgefit/client"` gives: one module, and its types.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { OPERATIONS } from "../src/operation/operations.ts";
import { OPTIONS } from "../src/operation/option.ts";
import { clientBundle } from "./client/bundle.ts";
import { ROOT } from "./wrangler.ts";

const CLIENT = join(ROOT, "client");
const DIST = join(CLIENT, "dist");

/** Types of the client's own files; those of the Worker that they lean on stay behind. */
async function writeTypes(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "edgefit-types-"));
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", ROOT, "--outDir", folder];
  execFileSync(process.execPath, [tsc, "-p", CLIENT, ...emit], { stdio: "inherit" });
  for (const name of await readdir(join(folder, "client")))
    await writeFile(join(DIST, name), forOthers(await readFile(join(folder, "client", name), "utf8")));
  await rm(folder, { recursive: true });
  await writeFile(join(DIST, "table.d.ts"), tableTypes());
}

/** Older compilers do not find `./edit.ts` beside them. */
const forOthers = (declarations: string): string => declarations.replace(/(from "\.\/[a-z]+)\.ts"/g, '$1.js"');

/** A table of literals as JSON is its own type. */
function tableTypes(): string {
  const operations = [...OPERATIONS].map(([name, { read: _, ...told }]) => [name, told]);
  return [
    `export type Options = ${JSON.stringify(OPTIONS, undefined, 2)};`,
    `export type Operations = ${JSON.stringify(Object.fromEntries(operations), undefined, 2)};`,
    "",
  ].join("\n");
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST);
const bundle = await clientBundle();
await writeFile(join(DIST, "index.js"), bundle);
await writeTypes();
console.log(`client: ${gzipSync(bundle, { level: 9 }).length} bytes gzip`);
