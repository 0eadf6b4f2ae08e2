import { toLines } from "./toml.ts";
import type { Translation } from "./translate.ts";

/** What to put where; a `#` before everything that is for people. */
export function report({ vars, secrets, notes }: Translation): string {
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
