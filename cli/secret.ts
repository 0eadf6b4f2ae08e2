import { misuse } from "./cli-error.ts";
import type { Flags } from "./command.ts";
import type { Io } from "./io.ts";

/** A secret has no flag for itself: everybody on the machine sees the arguments of a process. */
export const secretFlags = (variable: string) =>
  ({
    "secret-from": { type: "string", value: "NAME", about: `Variable to use for ${variable}; - is standard input.` },
  }) as const satisfies Flags;

interface Given {
  readonly "secret-from"?: string;
}

/** The secret that `--secret-from` names, else that of `variable`; undefined where there is none. @throws CliError 2 */
export async function secretOf(given: Given, variable: string, io: Io): Promise<string | undefined> {
  const from = given["secret-from"];
  if (from === undefined) return io.env[variable] || undefined;
  const secret = from === "-" ? (await io.stdin()).replace(/\r?\n$/, "") : io.env[from];
  if (!secret) throw misuse(`Cannot read the secret: ${from === "-" ? "standard input" : from} is empty`);
  return secret;
}

/** As `secretOf`, for commands that need one. @throws CliError 2 */
export async function requiredSecret(given: Given, variable: string, io: Io): Promise<string> {
  const secret = await secretOf(given, variable, io);
  if (secret === undefined) throw misuse(`Cannot do this without a secret: expected ${variable} or --secret-from NAME`);
  return secret;
}
