// Compiles the pixel engine: src/engine/assembly/index.ts → src/engine/engine.wasm.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const asc = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");
const output = join(root, "src/engine/engine.wasm");
const maximumPages = 1536; // 96 MiB: MAX of one instance, docs/configuration.md

execFileSync(
  process.execPath,
  [
    asc,
    join(root, "src/engine/assembly/index.ts"),
    ...["--outFile", output],
    ...["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    ...["--importMemory", "--zeroFilledMemory", "--initialMemory", "2", "--maximumMemory", String(maximumPages)],
  ],
  { stdio: "inherit" },
);
console.log(`engine.wasm: ${statSync(output).size} bytes`);
