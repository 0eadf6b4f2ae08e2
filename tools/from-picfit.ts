import { readFile } from "node:fs/promises";
import { toLines } from "./from-picfit/toml.ts";
import { type Translation, translate } from "./from-picfit/translate.ts";

const USAGE = "Usage: node tools/from-picfit.ts config.json";

/** What to put where; a `#` before everything that is for people. */
function report({ vars, secrets, notes }: Translation): string {
  const commented = (lines: readonly string[]) => lines.map((line) => `# ${line}`);
  return [
    "# For wrangler.toml, instead of its [vars]:",
    "[vars]",
    toLines(vars),
    "",
    ...commented(["Secrets:", ...Object.keys(secrets).map((name) => `  npx wrangler secret put ${name}`)]),
    ...commented([
      `Bindings it uses: ${bindingsOf(vars).join(", ") || "none"}; those of R2 and KV beside them can go.`,
      "",
    ]),
    ...commented(Object.entries(secrets).map(([name, origin]) => `${name}: ${origin}`)),
    "#",
    ...commented(notes),
  ].join("\n");
}

/** Names of all bindings that the variables speak of. */
const bindingsOf = (vars: Translation["vars"]): string[] => [
  ...new Set([...JSON.stringify(vars).matchAll(/"binding":"([^"]+)"/g)].map(([, name]) => name)),
];

const [path] = process.argv.slice(2);
if (path === undefined || path.startsWith("-")) {
  console.error(USAGE);
  process.exitCode = path === "--help" ? 0 : 2;
} else {
  try {
    console.log(report(translate(JSON.parse(await readFile(path, "utf8")))));
  } catch (cause) {
    console.error(`Cannot translate ${path}: ${cause instanceof Error ? cause.message : cause}`);
    process.exitCode = 1;
  }
}
