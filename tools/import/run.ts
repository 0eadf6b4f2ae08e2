import { inOrderOfChange, objectKeys, type SeedRow } from "./rows.ts";

/** What the import works with, so that it can be tried without any of it. */
export interface ImportPorts {
  /** Bytes of an object of the older service; undefined where there is none. */
  readonly read: (key: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Asks the avatar service; the path begins with `/`. */
  readonly ask: (path: string, init: RequestInit) => Promise<Response>;
  readonly token: (hash: string) => Promise<string>;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: (line: string) => void;
}

export interface ImportOptions {
  /** Nothing is sent but questions. */
  readonly dryRun: boolean;
}

export type Outcome = "imported" | "there already" | "would be imported" | "no object" | "no id" | "refused";

/** How many rows ended in each way, and those that need a look. */
export interface Report {
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  readonly failures: readonly string[];
}

const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;
const TRIES = 5;

/**
 * Sends every avatar to the service, one after another so that they keep their order. What is there already stays, so an
 * import that was cut off is started again.
 */
export async function importAvatars(
  rows: readonly SeedRow[],
  options: ImportOptions,
  ports: ImportPorts,
): Promise<Report> {
  const counts: Partial<Record<Outcome, number>> = {};
  const failures: string[] = [];
  for (const row of inOrderOfChange(rows)) {
    const { outcome, detail } = await importOne(row, options, ports);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    const line = `${row.hash}: ${outcome}${detail ? `, ${detail}` : ""}`;
    if (outcome === "no id" || outcome === "no object" || outcome === "refused") failures.push(line);
    ports.log(line);
  }
  return { counts, failures };
}

interface Result {
  readonly outcome: Outcome;
  readonly detail?: string;
}

async function importOne(row: SeedRow, { dryRun }: ImportOptions, ports: ImportPorts): Promise<Result> {
  if (!ID.test(row.hash)) return { outcome: "no id" };
  if ((await ports.ask(`/${row.hash}`, { method: "HEAD" })).status === 204) return { outcome: "there already" };
  const found = await findObject(row, ports);
  if (!found) return { outcome: "no object", detail: `${row.type}, sizes ${row.sizes.join(" ") || "unknown"}` };
  return dryRun ? { outcome: "would be imported", detail: found.key } : send(row.hash, found.bytes, ports);
}

async function findObject(row: SeedRow, { read }: ImportPorts) {
  for (const key of objectKeys(row)) {
    const bytes = await read(key);
    if (bytes) return { key, bytes };
  }
  return undefined;
}

/** Waits and tries again while the service is busy, limits us, or cannot be reached. */
async function send(hash: string, body: Uint8Array<ArrayBuffer>, ports: ImportPorts): Promise<Result> {
  let result: Result = { outcome: "refused" };
  for (let tried = 1; tried <= TRIES; tried++) {
    const response = await put(hash, body, ports);
    if (response?.status === 201) return { outcome: "imported" };
    if (response?.status === 412) return { outcome: "there already" };
    result = { outcome: "refused", detail: response ? await reasonOf(response) : "no answer" };
    if (response && response.status < 500 && response.status !== 429) return result;
    if (tried < TRIES) await ports.wait(secondsToWait(response, tried) * 1_000);
  }
  return result;
}

async function put(
  hash: string,
  body: Uint8Array<ArrayBuffer>,
  { ask, token }: ImportPorts,
): Promise<Response | undefined> {
  const headers = {
    authorization: `Bearer ${await token(hash)}`,
    "content-type": "application/octet-stream",
    "if-none-match": "*",
  };
  return ask(`/api/avatars/${hash}`, { method: "PUT", headers, body }).catch(() => undefined);
}

const secondsToWait = (response: Response | undefined, tried: number): number => {
  const asked = Number(response?.headers.get("retry-after"));
  return asked > 0 && asked <= 300 ? asked : 2 ** tried;
};

async function reasonOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => undefined);
  const known = typeof problem === "object" && problem !== null && "code" in problem;
  return known ? `${response.status} ${String(problem.code)}` : `${response.status}`;
}
