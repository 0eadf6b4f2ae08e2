import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../wrangler.ts";

/** The client as one module, for Node 20 and browsers of 2023. */
export async function clientBundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "client/index.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    write: false,
  });
  return outputFiles[0].contents;
}
