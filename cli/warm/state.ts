import { appendFileSync, readFileSync } from "node:fs";
import { failure } from "../cli-error.ts";

/** Which targets are done, so that a run that broke off can go on. */
export interface State {
  has(name: string): boolean;
  add(name: string): void;
}

/**
 * A file of names, one a line. Written at once, so that nothing is lost by Ctrl-C; without a file nothing is kept.
 * @throws CliError 1 where it cannot be read and written, before anything is done that it could not remember
 */
export function openState(file: string | undefined): State {
  if (file === undefined) return { has: () => false, add: () => undefined };
  try {
    const text = readIfThere(file);
    // A line without its end would be one with what comes next.
    appendFileSync(file, text === "" || text.endsWith("\n") ? "" : "\n");
    const known = new Set(text.split(/\r?\n/));
    return { has: (name) => known.has(name), add: (name) => appendFileSync(file, `${name}\n`) };
  } catch (cause) {
    throw failure(`Cannot use ${file} as state: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw cause;
  }
}
