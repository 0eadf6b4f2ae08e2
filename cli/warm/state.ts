import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** Which targets are done, so that a run that broke off can go on. */
export interface State {
  has(name: string): boolean;
  add(name: string): void;
}

/** A file of names, one a line. Written at once, so that nothing is lost by Ctrl-C; without a file nothing is kept. */
export async function openState(file: string | undefined): Promise<State> {
  if (file === undefined) return { has: () => false, add: () => undefined };
  const known = new Set((await readFile(file, "utf8").catch(absent)).split("\n"));
  return { has: (name) => known.has(name), add: (name) => appendFileSync(file, `${name}\n`) };
}

function absent(cause: unknown): string {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
  throw cause;
}
