import { readFile, writeFile } from "node:fs/promises";
import { failure } from "./cli-error.ts";

/** The bytes of a file. @throws CliError 1 */
export async function contentsOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    throw failure(`Cannot read ${file}: ${messageOf(cause)}`, { cause });
  }
}

/** @throws CliError 1 */
export async function writeContents(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (cause) {
    throw failure(`Cannot write ${file}: ${messageOf(cause)}`, { cause });
  }
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
