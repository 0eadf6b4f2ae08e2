import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";

/** The package names its binary in a CommonJS module. */
const { default: WORKERD } = createRequire(import.meta.url)("workerd") as { readonly default: string };

/** Starts the installed workerd; a signal to this process ends it too. */
export function startWorkerd(config: string): ChildProcess {
  const child = spawn(WORKERD, ["serve", "--experimental", config], { stdio: ["ignore", "inherit", "inherit"] });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return child;
}
