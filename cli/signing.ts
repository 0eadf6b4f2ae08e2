import type { Algorithm } from "../client/index.ts";
import { BASE_FLAGS } from "./base.ts";
import { misuse } from "./cli-error.ts";
import type { Flags, Values } from "./command.ts";
import type { Io } from "./io.ts";
import { parseDuration } from "./numbers.ts";
import { secretFlags, secretOf } from "./secret.ts";

export const SIGNING_FLAGS = {
  ...BASE_FLAGS,
  ...secretFlags("EDGEFIT_SECRET"),
  algorithm: { type: "string", value: "sha1|sha256", about: "What SIGN_ALGO of the Worker says; sha1 when absent." },
  expires: { type: "string", value: "1h", about: "How long the URL is good for; for ever when absent." },
} as const satisfies Flags;

type Given = Values<Omit<typeof SIGNING_FLAGS, "base">>;

/** How URLs are signed, and when they end. */
export interface Signing {
  readonly secret: string;
  readonly algorithm: Algorithm;
  /** Unix seconds. */
  readonly expires: number | undefined;
}

/** Undefined where nobody gave a secret. @throws CliError 2 */
export async function signingOf(given: Given, io: Io): Promise<Signing | undefined> {
  const { algorithm = "sha1", expires } = given;
  if (algorithm !== "sha1" && algorithm !== "sha256")
    throw misuse(`Cannot sign by ${algorithm}: expected sha1 or sha256`);
  const secret = await secretOf(given, "EDGEFIT_SECRET", io);
  if (secret === undefined) return unsigned(expires);
  if (secret.trimStart().startsWith("["))
    throw misuse("Cannot sign with a list of keys: expected one of those of SECRET_KEY, the newest");
  const end = expires === undefined ? undefined : Math.floor(Date.now() / 1000) + parseDuration(expires);
  return { secret, algorithm: algorithm === "sha1" ? "SHA-1" : "SHA-256", expires: end };
}

/** Only a signature can end a URL. */
function unsigned(expires: string | undefined): undefined {
  if (expires === undefined) return undefined;
  throw misuse("Cannot let a URL end without a secret: expected EDGEFIT_SECRET or --secret-from NAME");
}
