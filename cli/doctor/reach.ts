import { ask, reasonOf } from "../base.ts";
import type { Signing } from "../signing.ts";
import { type Finding, fault } from "./finding.ts";

/** A Worker that runs, and what is known of its secrets. */
export interface Server {
  readonly base: string;
  readonly signing: Signing | undefined;
  readonly jwtSecret: string | undefined;
}

const TIMEOUT_MS = 10_000;

/** The answer, or that there is none. */
export const reach = (url: string, init: RequestInit = {}): Promise<Response | Finding> =>
  ask(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((thrown: Error) =>
    fault(
      url,
      `Nobody answers: ${reasonOf(thrown.cause)}`,
      "Is the Worker deployed, and this its address? npm start runs one here.",
    ),
  );
