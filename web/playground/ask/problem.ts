/** Why there is no picture, as the API says it (RFC 9457), or as the browser does. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
}

/** Thrown by whatever asks the Worker. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** What an answer that is no success says. */
export async function refusalOf(response: Response): Promise<Refusal> {
  return refusalIn(await response.text(), response.status);
}

export function refusalIn(body: string, status: number): Refusal {
  const said = parsed(body);
  const text = (name: string) => (typeof said[name] === "string" ? { [name]: said[name] } : {});
  const { title = "No answer", detail = "", ...more } = { ...text("title"), ...text("detail") };
  return new Refusal({ title, detail, status, ...more, ...text("code"), ...text("requestId") });
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

/** Anything thrown, as something that can be shown. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Refusal) return thrown.problem;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return thrown instanceof RangeError
    ? { title: "No URL can say this", detail }
    : { title: "Cannot reach the service", detail };
}
