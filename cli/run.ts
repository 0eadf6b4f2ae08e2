import { HttpError } from "../src/error.ts";
import { ConfigError } from "../src/var.ts";
import { VERSION } from "../src/version.ts";
import { CliError, misuse } from "./cli-error.ts";
import type { Command, Result } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { helpOf, overview } from "./help.ts";
import type { Io } from "./io.ts";
import { parseCall } from "./parse.ts";

/** Runs a command line and gives the exit code: 0 done, 1 failed, 2 asked for in a way that the help does not know. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(args, io);
  } catch (thrown) {
    io.note(`edgefit: ${messageOf(thrown)}\n`);
    return exitCodeOf(thrown);
  }
}

async function runCommand([name = "--help", ...args]: readonly string[], io: Io): Promise<number> {
  if (name === "--help" || name === "-h" || name === "help") return say(io, overview(COMMANDS));
  if (name === "--version") return say(io, `${VERSION}\n`);
  const command = commandNamed(name);
  const call = parseCall(command, args);
  if (call.flags.help) return say(io, helpOf(command));
  const result = await command.run({ ...call, io });
  io.out(call.flags.json ? `${JSON.stringify(result.json, undefined, 2)}\n` : linesOf(result));
  return result.ok === false ? 1 : 0;
}

function say(io: Io, text: string): number {
  io.out(text);
  return 0;
}

const linesOf = ({ text }: Result): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function commandNamed(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) throw misuse(`Cannot do ${name}: expected ${COMMANDS.map((known) => known.name).join(", ")}`);
  return command;
}

/** What the Worker's own code refuses was asked for wrongly. */
function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CliError) return thrown.exitCode;
  return thrown instanceof HttpError || thrown instanceof RangeError ? 2 : 1;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof CliError || thrown instanceof HttpError || thrown instanceof ConfigError) return thrown.message;
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
