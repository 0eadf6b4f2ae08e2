import { failure, misuse } from "./cli-error.ts";
import type { Flags } from "./command.ts";
import type { Io } from "./io.ts";

export const BASE_FLAGS = {
  base: { type: "string", value: "URL", about: "Address of the Worker (EDGEFIT_URL)." },
} as const satisfies Flags;

interface Given {
  readonly base?: string;
}

/** Address of the Worker without a slash at its end; undefined where nobody told it. @throws CliError 2 */
export function baseOf({ base }: Given, { env }: Io): string | undefined {
  const text = base ?? env.EDGEFIT_URL;
  if (!text) return undefined;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw misuse(`Cannot use ${text} as address of the Worker: expected one such as https://pics.example.com`);
  return url.href.replace(/\/+$/, "");
}

/** For commands that ask the Worker. @throws CliError 2 */
export function requiredBase(given: Given, io: Io): string {
  const base = baseOf(given, io);
  if (base === undefined) throw misuse("Cannot tell where the Worker is: expected --base URL or EDGEFIT_URL");
  return base;
}

/** The answer of the Worker, whatever it is. @throws CliError 1 where there is none */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw failure(`Cannot reach ${new URL(url).origin}: ${reasonOf(cause)}`, { cause });
  }
}

/** As `ask`, of an answer that is good. @throws CliError 1 with what the Worker said */
export async function askFor(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await ask(url, init);
  if (!response.ok) throw failure(`The Worker answered ${await refusalOf(response)}`);
  return response;
}

/** Status, code and words of an answer that is not good. */
export async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const { code = "", detail = "" } = (body ?? {}) as { code?: string; detail?: string };
  return [response.status, code, detail && `(${detail})`].filter((part) => part !== "").join(" ");
}

/** Node's `fetch failed` hides what failed. */
export function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
