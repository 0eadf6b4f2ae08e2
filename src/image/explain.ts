import type { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { planDerivation } from "../picture/derive.ts";
import { untimed } from "../timing.ts";
import { type Asked, readAsked } from "./asked.ts";
import { canonicalQuery } from "./canonical-query.ts";
import { etagOf } from "./deliver.ts";
import type { ExplainedStored, Explanation } from "./explanation.ts";
import { type Facts, lookAt } from "./lookup.ts";
import { makingOf, type Planned } from "./making.ts";
import { urlsOf } from "./urls.ts";
import { loadingMemory, planContext, waitingOf, wantedOf, withSource } from "./wanted.ts";

/**
 * `GET /explain`: what `/display` does for the same request, as JSON. No picture is decoded, and nothing is kept.
 * @throws HttpError as `/display`, as far as that can be told without decoding
 */
export async function explain(request: Request, app: App): Promise<Response> {
  if (!app.config.enable.explain) throw new HttpError(403, "route_disabled", "Cannot explain this: it is switched off");
  const asked = await readAsked(request, "/explain", app);
  return Response.json(await explanationOf(asked, app), { headers: { "cache-control": "no-store" } });
}

async function explanationOf(asked: Asked, app: App): Promise<Explanation> {
  const stored = await lookAt(asked, app);
  const planned = await (stored ? plan(asked, app).catch(unlessFault) : plan(asked, app));
  const { key, options, parameters } = asked;
  const { signing, cacheControl } = app.config;
  const sizes = planned?.derivation.sizes.slice(1) ?? [];
  return {
    canonical: canonicalQuery(parameters),
    signature: { required: signing.keys.length > 0, algorithm: signing.algorithm },
    ...{ key, etag: etagOf(key, stored?.version ?? planned?.version ?? ""), cacheControl },
    ...(stored && { stored: storedOf(stored) }),
    operations: options.operations.map(({ name }, at) => ({ name, ...(sizes[at] && { size: sizes[at] }) })),
    ...(planned && { making: makingOf(planned, asked, app) }),
    urls: urlsOf(parameters),
  };
}

/** What is stored is answered, whatever has become of its source. */
function unlessFault(thrown: unknown): undefined {
  if (!(thrown instanceof HttpError)) throw thrown;
}

/** The source is read whole: how many frames or scans it has is told by all of it. */
function plan(asked: Asked, app: App): Promise<Planned> {
  const waiting = waitingOf(asked, app);
  const budget = app.budget.on(waiting);
  // Nothing is made, so nothing is held for it.
  const making = { run: budget.run, take: async () => undefined, end: () => undefined };
  return withSource(asked, { ...loadingMemory(waiting, app), making }, app, TIMING, async (source) => {
    const within = planContext(asked, app, budget, TIMING);
    const derivation = await planDerivation(source.bytes, wantedOf(asked, app.config), within);
    return { derivation, version: source.version, sourceBytes: source.bytes.length };
  });
}

const TIMING = { time: untimed };

const storedOf = ({ name, size, modified, edge }: Facts): ExplainedStored => ({
  ...{ name, bytes: size, modified: modified.toISOString() },
  origin: edge ? "edge" : "stored",
});
