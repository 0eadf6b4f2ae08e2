import { describe, expect, it } from "vitest";
import { type ImportPorts, importAvatars } from "../../tools/import/run.ts";
import { writeToken } from "../../tools/import/token.ts";

const hash = (digit: string): string => digit.repeat(40);
const rowOf = (digit: string, updatedAt = 0) => ({ hash: hash(digit), type: "jpg", sizes: ["small"], updatedAt });
const keyOf = (digit: string): string => `${digit}/${digit}${digit}/${hash(digit)}.small.jpg`;

interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: Headers;
  readonly bytes: number;
}

/** A service that has `there`, a bucket with the objects of `stored`, and `answers` for one PUT after another. */
function ports(there: string, stored: string, answers: readonly (Response | Error)[] = []) {
  const asked: Asked[] = [];
  const waited: number[] = [];
  const left = [...answers];
  const made: ImportPorts = {
    read: async (key) => ([...stored].some((digit) => keyOf(digit) === key) ? new Uint8Array(7) : undefined),
    async ask(path, { method, headers, body }) {
      const bytes = body instanceof Uint8Array ? body.length : 0;
      asked.push({ method, path, headers: new Headers(headers), bytes });
      if (method === "HEAD") return new Response(null, { status: there.includes(path.slice(-1)) ? 204 : 404 });
      const answer = left.shift() ?? new Response(null, { status: 201 });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    token: async (id) => `token of ${id}`,
    wait: async (ms) => void waited.push(ms),
    log: () => {},
  };
  return { asked, waited, made, puts: () => asked.filter(({ method }) => method === "PUT") };
}

const problem = (status: number, code: string) => Response.json({ code }, { status });
const REAL = { dryRun: false };

describe("importAvatars()", () => {
  it("sends what is not there yet, the last change last", async () => {
    const { made, puts } = ports("b", "abc");
    const report = await importAvatars([rowOf("a", 9), rowOf("b", 5), rowOf("c", 1)], REAL, made);
    expect(report).toEqual({ counts: { imported: 2, "there already": 1 }, failures: [] });
    expect(puts().map(({ path }) => path)).toEqual([`/api/avatars/${hash("c")}`, `/api/avatars/${hash("a")}`]);
    const [{ headers, bytes }] = puts();
    expect(bytes).toBe(7);
    expect(headers.get("authorization")).toBe(`Bearer token of ${hash("c")}`);
    expect(headers.get("if-none-match")).toBe("*");
  });

  it("sends nothing in a dry run", async () => {
    const { made, asked } = ports("", "a");
    const report = await importAvatars([rowOf("a"), rowOf("d")], { dryRun: true }, made);
    expect(report.counts).toEqual({ "would be imported": 1, "no object": 1 });
    expect(asked.map(({ method }) => method)).toEqual(["HEAD", "HEAD"]);
  });

  it("reports rows without object and rows without id, and goes on", async () => {
    const { made } = ports("", "b");
    const report = await importAvatars([rowOf("a"), { ...rowOf("z"), hash: "no-id" }, rowOf("b")], REAL, made);
    expect(report.counts).toEqual({ imported: 1, "no object": 1, "no id": 1 });
    expect(report.failures).toEqual([`${hash("a")}: no object, jpg, sizes small`, "no-id: no id"]);
  });

  it("waits as long as the service asks it to, and tries again", async () => {
    const limited = new Response(null, { status: 429, headers: { "retry-after": "60" } });
    const { made, waited, puts } = ports("", "a", [limited, new Error("reset"), problem(503, "busy")]);
    expect((await importAvatars([rowOf("a")], REAL, made)).counts).toEqual({ imported: 1 });
    expect(waited).toEqual([60_000, 4_000, 8_000]);
    expect(puts()).toHaveLength(4);
  });

  it("gives up after five tries, and does not repeat what was refused", async () => {
    const busy = Array.from({ length: 5 }, () => problem(503, "busy"));
    const { made, puts } = ports("", "ab", [...busy, problem(422, "decode_failed")]);
    const report = await importAvatars([rowOf("a"), rowOf("b")], REAL, made);
    expect(report.failures).toEqual([`${hash("a")}: refused, 503 busy`, `${hash("b")}: refused, 422 decode_failed`]);
    expect(puts()).toHaveLength(6);
  });

  it("counts an avatar that came meanwhile as there", async () => {
    const { made } = ports("", "a", [problem(412, "precondition_failed")]);
    expect((await importAvatars([rowOf("a")], REAL, made)).counts).toEqual({ "there already": 1 });
  });
});

describe("writeToken()", () => {
  /** The signature is Python's, for this secret and these claims. */
  it("signs the claims of one avatar", async () => {
    const token = await writeToken(hash("a"), { secret: "a secret of the test, long enough", audience: "avatars" }, 0);
    const [header, claims, signature] = token.split(".").map((part) => part.replaceAll("-", "+").replaceAll("_", "/"));
    expect(JSON.parse(atob(header))).toEqual({ alg: "HS256", typ: "JWT" });
    expect(JSON.parse(atob(claims))).toEqual({ hash: hash("a"), scope: "avatar:write", exp: 300, aud: "avatars" });
    expect(signature).toBe("qnBnvDD1CU+7xgc5CF4G4FK4GJUttuuQxFuiURjE2pM");
  });
});
