// npm run build:web: makes web/dist, the pages that the Worker shows to browsers.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { ROOT } from "./wrangler.ts";

const WEB = join(ROOT, "web");
const DIST = join(WEB, "dist");

/** A page is a folder with an index.html and a main.tsx. */
async function pageNames(): Promise<string[]> {
  const entries = await readdir(WEB, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !["dist", "shared"].includes(entry.name))
    .map(({ name }) => name);
}

/** Names carry a digest of the content, so that browsers may keep files for ever. */
async function bundle(pages: readonly string[]): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(pages.map((page) => [page, join(WEB, page, "main.tsx")])),
    outdir: join(DIST, "assets"),
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "dataurl" },
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

/** `index.html` of a page names its files as `{{script}}` and `{{style}}`, and has room for its `{{chunks}}`. */
async function writePage(page: string, { outputs }: Metafile): Promise<void> {
  const [script, output] =
    Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(`web/${page}/main.tsx`)) ?? [];
  if (script === undefined || output?.cssBundle === undefined) throw new Error(`${page} has no script or no style`);
  const html = await readFile(join(WEB, page, "index.html"), "utf8");
  const named = html
    .replaceAll("{{script}}", `/assets/${basename(script)}`)
    .replaceAll("{{style}}", `/assets/${basename(output.cssBundle)}`)
    .replaceAll("{{chunks}}", output.imports.map(preload).join("\n    "));
  await writeFile(join(DIST, `${page}.html`), named);
}

/** What a script imports is asked for beside it, not after it. */
const preload = ({ path }: { readonly path: string }): string =>
  `<link rel="modulepreload" href="/assets/${basename(path)}" />`;

/** The folder itself stays: a running `wrangler dev` watches it. */
async function emptyFolder(): Promise<void> {
  await mkdir(DIST, { recursive: true });
  for (const name of await readdir(DIST)) await rm(join(DIST, name), { recursive: true });
}

await emptyFolder();
const pages = await pageNames();
const metafile = await bundle(pages);
for (const page of pages) await writePage(page, metafile);
console.log(`web: ${pages.join(", ")}`);
