import { spawn } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";
import { run } from "../../../cli/run.ts";
import type {} from "./provided.ts";
import { SECRETS } from "./secrets.ts";

const CLI = join(import.meta.dirname, "../../../cli/dist/edgefit.js");

export const workerUrl = inject("workerUrl");

/** What a person who runs that Worker has in the environment. */
export const OWNER = {
  EDGEFIT_URL: workerUrl,
  EDGEFIT_SECRET: SECRETS.SECRET_KEY,
  EDGEFIT_UPLOAD_SECRET: SECRETS.UPLOAD_SECRET,
  EDGEFIT_JWT_SECRET: SECRETS.JWT_SECRET,
} as const;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs a command line in this process: a process for each would take most of the time. */
export async function edgefit(args: readonly string[], { env = OWNER, input = "" }: Around = {}): Promise<Ended> {
  const [out, err]: string[][] = [[], []];
  const code = await run(args, {
    env,
    out: (text) => void out.push(typeof text === "string" ? text : new TextDecoder("latin1").decode(text)),
    note: (text) => void err.push(text),
    progress: () => undefined,
    stdin: async () => input,
  });
  return { code, out: out.join(""), err: err.join("") };
}

/** As `edgefit`, by the file that `npx edgefit` runs. */
export function spawned(args: readonly string[], { env = OWNER, input = "" }: Around = {}): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env.PATH, ...env } });
  const [out, err]: string[][] = [[], []];
  child.stdout.on("data", (data) => out.push(String(data)));
  child.stderr.on("data", (data) => err.push(String(data)));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: out.join(""), err: err.join("") }));
  });
}

/** What was printed, where it went well; else what went wrong. */
export async function printed(args: readonly string[], around?: Around): Promise<string> {
  const { code, out, err } = await edgefit(args, around);
  if (code !== 0 || err !== "") throw new Error(`edgefit ${args.join(" ")}: ${code} ${err}${out}`);
  return out.trimEnd();
}
