// The Worker with a hook: a request that names a step hangs there for ever, as one does whose process is killed.
import worker from "../../src/index.ts";
import type { Env } from "../../src/var.ts";

export { DerivativeLease } from "../../src/index.ts";

interface Bindings extends Env {
  readonly AVATARS: R2Bucket;
  readonly DB: D1Database;
}

/** `before` or `after` the call of that number, counted from 1, that a request makes to what keeps something. */
const HANG = /^(before|after):([0-9]+)$/;

/** Counts the calls of one request, and hangs where it was told to. */
function createGate(wanted: string | null): <T>(call: () => Promise<T>) => Promise<T> {
  const [, side, number] = HANG.exec(wanted ?? "") ?? [];
  let calls = 0;
  const hang = () => {
    console.log("hanging");
    return new Promise<never>((_, reject) => setTimeout(reject, 600_000));
  };
  return async (call) => {
    const isHere = ++calls === Number(number);
    if (isHere && side === "before") await hang();
    const result = await call();
    return isHere && side === "after" ? hang() : result;
  };
}

/** Reads pass; every write goes through the gate. */
function gated(env: Bindings, wanted: string | null): Bindings {
  const gate = createGate(wanted);
  const { AVATARS, DB } = env;
  const bucket = {
    get: (...args: Parameters<R2Bucket["get"]>) => AVATARS.get(...args),
    head: (...args: Parameters<R2Bucket["head"]>) => AVATARS.head(...args),
    list: (...args: Parameters<R2Bucket["list"]>) => AVATARS.list(...args),
    put: (...args: Parameters<R2Bucket["put"]>) => gate(() => AVATARS.put(...args)),
    delete: (...args: Parameters<R2Bucket["delete"]>) => gate(() => AVATARS.delete(...args)),
  };
  const database = {
    prepare: (query: string) => DB.prepare(query),
    batch: (statements: D1PreparedStatement[]) => gate(() => DB.batch(statements)),
  };
  // The test writes more often than a person may.
  return { ...env, RL_WRITE: undefined, AVATARS: bucket as unknown as R2Bucket, DB: database as unknown as D1Database };
}

/** Every object, and every object that a row needs. */
async function stateOf({ AVATARS, DB }: Bindings): Promise<Response> {
  const { objects } = await AVATARS.list();
  const { results } = await DB.prepare("SELECT master_key, source_key FROM avatar_revisions").all();
  const queued = await DB.prepare("SELECT count(*) AS n FROM gc_queue").first("n");
  return Response.json({ stored: objects.map(({ key }) => key), needed: results.flatMap(Object.values), queued });
}

/** As if a day had passed. */
async function sweep(env: Bindings): Promise<Response> {
  await env.DB.prepare("UPDATE gc_queue SET not_before = 0").run();
  await worker.scheduled({} as ScheduledController, env);
  return new Response("swept");
}

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/test/state") return stateOf(env);
    if (pathname === "/test/sweep") return sweep(env);
    return worker.fetch(request as never, gated(env, request.headers.get("x-hang")), context);
  },
} satisfies ExportedHandler<Bindings>;
