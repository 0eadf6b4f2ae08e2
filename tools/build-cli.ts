// npm run build:cli: makes cli/dist/edgefit.js, what `npx edgefit` runs.
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./wrangler.ts";

const OUT = join(ROOT, "cli/dist/edgefit.js");

await build({
  entryPoints: [join(ROOT, "cli/main.ts")],
  outfile: OUT,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  banner: { js: "#!/usr/bin/env node" },
  // Only doctor needs it, and finds it in the project.
  external: ["wrangler"],
  logLevel: "warning",
});
await chmod(OUT, 0o755);
console.log("cli: edgefit.js");
