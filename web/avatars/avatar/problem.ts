/** What went wrong on this side. */
export type OwnCode = "offline" | "unreadable" | "unknown";

/** Why something could not be done: what the server said of it, or that it could not be asked. */
export class Problem extends Error {
  /** 0 where there was no answer. */
  readonly status: number;
  /** Of the API, which docs/avatars.md lists, or an OwnCode. */
  readonly code: string;

  constructor(status: number, code: string, detail: string, options: ErrorOptions = {}) {
    super(detail, options);
    this.status = status;
    this.code = code;
  }
}

export const offline = (cause?: unknown): Problem => new Problem(0, "offline", "No answer from the server", { cause });

/** Of a body that is `application/problem+json`, if something in between did not answer in its place. */
export function problemOf(status: number, body: string): Problem {
  try {
    const { code, detail } = JSON.parse(body) as { readonly code?: string; readonly detail?: string };
    if (code !== undefined) return new Problem(status, code, detail ?? "");
  } catch {}
  return new Problem(status, "unknown", `The server answered ${status}`);
}

export const toProblem = (thrown: unknown): Problem =>
  thrown instanceof Problem ? thrown : new Problem(0, "unreadable", String((thrown as Error)?.message ?? thrown));
