import { setTimeout as later } from "node:timers/promises";
import { ask, refusalOf } from "../base.ts";
import { CliError } from "../cli-error.ts";

/** `made`: it was not there before. */
export type Outcome = { readonly kind: "made" | "stored" } | { readonly kind: "failed"; readonly reason: string };

const ANSWER_MS = 120_000;
const MOST_WAIT_SECONDS = 60;

/** Asks for a picture without having it sent; again, while the Worker is busy or cannot be reached. */
export async function attempt(url: string, retries: number): Promise<Outcome> {
  for (let tried = 0; ; tried++) {
    const answer = await answerOf(url);
    const wait = tried < retries ? waitSeconds(answer, tried) : undefined;
    if (wait === undefined) return outcomeOf(answer, url);
    await later(wait * 1_000);
  }
}

const answerOf = (url: string): Promise<Response | CliError> =>
  ask(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) }).catch((thrown) => {
    if (thrown instanceof CliError) return thrown;
    throw thrown;
  });

/** Undefined where asking again would not help. */
function waitSeconds(answer: Response | CliError, tried: number): number | undefined {
  if (!(answer instanceof Response)) return 2 ** tried;
  if (answer.status !== 503 && answer.status !== 429) return undefined;
  const told = Number(answer.headers.get("retry-after") ?? 1);
  return Math.min(Number.isFinite(told) ? Math.max(told, 0) : 1, MOST_WAIT_SECONDS);
}

async function outcomeOf(answer: Response | CliError, url: string): Promise<Outcome> {
  if (!(answer instanceof Response)) return { kind: "failed", reason: answer.message };
  if (answer.status >= 400) return { kind: "failed", reason: await reasonAt(url, answer) };
  const origin = answer.headers.get("x-cache");
  return { kind: origin === "stored" || origin === "edge" ? "stored" : "made" };
}

/** An answer to HEAD says nothing but its status. */
async function reasonAt(url: string, { status }: Response): Promise<string> {
  const answer = await ask(url, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
  if (answer && !answer.ok) return refusalOf(answer);
  await answer?.body?.cancel();
  return String(status);
}
