import { parseArgs } from "node:util";
import { misuse } from "./cli-error.ts";
import type { Call, Command, Flags } from "./command.ts";

/** Flags of every command. */
export const COMMON_FLAGS = {
  json: { type: "boolean", about: "Print JSON." },
  help: { type: "boolean", short: "h", about: "Show this." },
} as const satisfies Flags;

/** What stands behind the name of a command. @throws CliError 2 */
export function parseCall({ words, flags }: Command, args: readonly string[]): Omit<Call<Flags>, "io"> {
  const { values, positionals } = parsed(args, { ...flags, ...COMMON_FLAGS });
  if (!("help" in values)) checkWords(words, positionals);
  return { words: positionals, flags: values as Call<Flags>["flags"] };
}

function parsed(args: readonly string[], flags: Flags) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, multiple = false, short }]) => [
      name,
      { type, multiple, ...(short && { short }) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw misuse(cause instanceof Error ? cause.message : String(cause));
  }
}

function checkWords(expected: readonly string[], given: readonly string[]): void {
  const least = expected.filter((word) => !word.startsWith("[")).length;
  const most = expected.some((word) => word.includes("...")) ? Number.POSITIVE_INFINITY : expected.length;
  if (given.length < least) throw misuse(`Cannot go on: expected ${expected.join(" ")}`);
  if (given.length > most) throw misuse(`Cannot use ${given[most]}: expected ${expected.join(" ") || "no more words"}`);
}
