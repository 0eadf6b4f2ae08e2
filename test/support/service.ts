import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import worker from "../../src/index.ts";
import type { Env } from "../../src/var.ts";
import { undocumented } from "./documented.ts";

/** The Worker with a configuration of its own, as a client sees it. */
export interface Service {
  readonly env: Env;
  /** Answers a path below `https://pics.test`, and waits for what goes on behind the answer. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** As `fetch`, for many at once: all are sent before any is waited for. */
  fetchAll(paths: readonly string[], init?: RequestInit): Promise<Response[]>;
}

/** Tests look at what the storage holds, and take things out of it behind the service's back. */
const UNCACHED = { EDGE_CACHE: undefined, LEASE_BINDING: undefined, REVALIDATE_SECONDS: undefined };

/** Whatever any test asks for is answered as the document of the API says. */
async function verifyDocumented({ method, url }: Request, response: Response): Promise<void> {
  const found = await undocumented(method, new URL(url).pathname, response);
  if (found.length > 0) throw new Error(`An answer is not as /openapi.json says: ${found.join("; ")}`);
}

/** `vars` are laid over those of wrangler.toml; undefined removes one. */
export function service(vars: Readonly<Record<string, unknown>> = {}): Service {
  const bindings: Env = { ...env, ...UNCACHED, ...vars };
  const fetchAll = async (paths: readonly string[], init: RequestInit = {}) => {
    const context = createExecutionContext();
    const request = (path: string) => new Request(new URL(path, "https://pics.test"), init);
    const responses = await Promise.all(paths.map((path) => worker.fetch(request(path) as never, bindings, context)));
    await waitOnExecutionContext(context);
    for (const [at, path] of paths.entries()) await verifyDocumented(request(path), responses[at]);
    return responses;
  };
  return {
    env: bindings,
    fetchAll,
    fetch: async (path, init) => (await fetchAll([path], init))[0],
  };
}
