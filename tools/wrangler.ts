import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where package.json is. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

const WRANGLER = join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin/wrangler.js");

/** How Wrangler shares this terminal: `ask` lets it put questions, `quiet` shows its errors only. */
type Terminal = "show" | "ask" | "quiet";

/** Starts the installed Wrangler on this project. */
export const startWrangler = (args: readonly string[], terminal: Terminal = "show"): ChildProcess =>
  spawn(process.execPath, [WRANGLER, ...args], {
    cwd: ROOT,
    stdio: [terminal === "ask" ? "inherit" : "ignore", terminal === "quiet" ? "ignore" : "inherit", "inherit"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });

/** The exit code of a process that was started, once it has ended; `killed` where a signal ended it. */
export const ended = (child: ChildProcess, killed = 1): Promise<number> =>
  new Promise((resolve) => child.on("exit", (code) => resolve(code ?? killed)));
