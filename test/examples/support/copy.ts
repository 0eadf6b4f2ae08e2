import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ROOT = join(import.meta.dirname, "../../..");

/** Of the person who runs the tests, and not for a line to touch. */
const OWN = [".git", ".wrangler", ".edgefit", ".dev.vars", ".env", "node_modules"];
/** Of no use to a line. */
const UNUSED = ["docs", "bench", "dist", "coverage"];
const LEFT_OUT = new Set([...OWN, ...UNUSED]);

/** What a line is run with, beside what every line has. */
interface Around {
  /** What stands in the documents, and what a reader writes in its place. */
  readonly written?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

interface Ended {
  readonly code: number | null;
  /** What it printed, errors too. */
  readonly out: string;
}

export interface Running {
  printed(): string;
  stop(): Promise<void>;
}

/** A copy of this project, in which the lines of the documents are run as they stand there. */
export interface Copy {
  readonly folder: string;
  run(line: string, around?: Around): Promise<Ended>;
  /** Runs what does not end by itself. @returns once it answers at `url` */
  start(line: string, url: string, around?: Around): Promise<Running>;
  /** Ends what was started, too. */
  remove(): Promise<void>;
}

export async function createCopy(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), "edgefit-copy-"));
  for (const name of await readdir(ROOT))
    if (!LEFT_OUT.has(name)) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await mkdir(join(folder, "home"));
  // Links in a folder of its own: whatever `npm ci` takes away, it takes away there.
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(join(ROOT, "node_modules")))
    await symlink(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  const running = new Set<ChildProcess>();
  const end = async (child: ChildProcess): Promise<void> => {
    if (running.delete(child)) await stop(child);
  };
  const shell = (line: string, { written = {}, env = {} }: Around): ChildProcess =>
    spawn("sh", ["-c", `(${fill(line, written)}) 2>&1`], {
      cwd: folder,
      env: { ...alone(folder), ...(line.startsWith("npm ci") && CHECKED), ...env },
      detached: true,
    });
  return {
    folder,
    async run(line, around = {}) {
      const child = shell(line, around);
      child.stdin?.end(around.input);
      const [out, [code]] = await Promise.all([child.stdout ? text(child.stdout) : "", once(child, "exit")]);
      return { code, out };
    },
    async start(line, url, around = {}) {
      const child = shell(line, around);
      running.add(child);
      const printed: string[] = [];
      child.stdout?.on("data", (data) => printed.push(String(data)));
      while (!(await fetch(url).catch(() => undefined))) {
        if (hasEnded(child)) throw new Error(`${line} ended with ${child.exitCode}: ${printed.join("")}`);
        await new Promise((later) => setTimeout(later, 100));
      }
      return { printed: () => printed.join(""), stop: () => end(child) };
    },
    async remove() {
      await Promise.all([...running].map(end));
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** @throws where a line does not have what is to be replaced: then it has changed, or is another */
const fill = (line: string, written: Readonly<Record<string, string>>): string =>
  Object.entries(written).reduce((text, [shown, own]) => {
    if (!text.includes(shown)) throw new Error(`${line} has no ${shown}`);
    return text.replaceAll(shown, own);
  }, line);

/** `npm ci` says what it would do, by the lock file: this test runs on what it has done. */
const CHECKED = { npm_config_dry_run: "true" };

/** Without what this run is given, such as somebody's own token of Cloudflare, and without the network. */
const alone = (folder: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  TMPDIR: process.env.TMPDIR,
  HOME: join(folder, "home"),
  XDG_CONFIG_HOME: join(folder, "home"),
  npm_config_offline: "true",
  npm_config_ignore_scripts: "true",
  npm_config_update_notifier: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
});

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** All that a line has started goes with it. */
async function stop(child: ChildProcess): Promise<void> {
  const exit = hasEnded(child) ? undefined : once(child, "exit");
  signal(child, "SIGTERM");
  await exit;
  signal(child, "SIGKILL");
}

function signal({ pid = 0 }: ChildProcess, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-pid, name);
  } catch {
    // Nothing of it is left.
  }
}
