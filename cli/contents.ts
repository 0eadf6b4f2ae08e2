import { readFile } from "node:fs/promises";
import { failure } from "./cli-error.ts";

/** The bytes of a file. @throws CliError 1 */
export async function contentsOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    throw failure(`Cannot read ${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
