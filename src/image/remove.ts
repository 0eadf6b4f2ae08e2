import type { App, Context } from "../app.ts";
import { ENCODERS } from "../codec/codecs.ts";
import { HttpError } from "../error.ts";
import { decodePath } from "../http/path.ts";
import { toStorageError } from "../storage/failure.ts";
import { childrenKey, derivativeKey, identityOf, objectName } from "./key.ts";
import { firstValue, type Parameters, parsePathForm, readParameters } from "./parameters.ts";
import { verifyWriter } from "./permission.ts";
import { parsePath } from "./source-path.ts";
import { purgeSource } from "./workers-cache.ts";

/**
 * `DELETE /{path}` deletes a source, and with cascade all that was made from it. With the path form, or a query that
 * names an operation, the one derivative that those parameters give (picfit.md 1.5).
 */
export async function remove(request: Request, app: App, context: Context): Promise<Response> {
  await verifyWriter(request, app.config.enable.delete, app);
  const url = new URL(request.url);
  const path = decodePath(url.pathname.slice(1));
  const isDerivative = parsePathForm(path) !== undefined || url.searchParams.has("op");
  if (isDerivative) await removeDerivative(readParameters(path, url.searchParams, app.config.limits), app, context);
  else await removeSource(path, url, app, context);
  return new Response("Ok", { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}

/** Done even where there was none, as in picfit. */
async function removeDerivative(parameters: Parameters, app: App, context: Context): Promise<void> {
  await removeKey(await derivativeKey(parameters), app);
  const [path, url] = [firstValue(parameters, "path"), firstValue(parameters, "url")];
  await purgeSource(identityOf(url ? { url } : { path: path ?? "" }), app, context);
}

/** The object first: a key that points at nothing is harmless, an object without a key would be found again. */
export async function removeKey(key: string, { keys, edge, destination, config }: App): Promise<void> {
  const names = Object.values(ENCODERS).map(({ extension }) => objectName(key, config.shard, extension));
  const record = await keys.get(key);
  for (const name of new Set(record ? [record.path, ...names] : names)) await destination?.writer.delete(name);
  await edge.delete(key);
  await keys.delete(key).catch((cause) => {
    throw toStorageError(cause);
  });
}

async function removeSource(text: string, url: URL, app: App, context: Context): Promise<void> {
  if (url.search !== "")
    throw new HttpError(400, "invalid_parameter", "Cannot delete by this query: expected op, or no query at all");
  const path = parsePath(text);
  const existed = await app.source?.writer?.delete(path);
  // Even where the source has gone: a deletion that broke off in between is finished by asking again.
  if (app.config.enable.cascadeDelete) await removeChildren(path, app, context);
  if (!existed) throw new HttpError(404, "not_found", "Cannot find the picture to delete");
}

/**
 * Removes everything that was made from a source; `identity` as in `identityOf`.
 * @returns how many derivatives that were
 * @throws HttpError 503 storage_unavailable
 */
export async function removeChildren(identity: string, app: App, context: Context): Promise<number> {
  const children = await childrenKey(identity);
  let removed = 0;
  try {
    for await (const key of app.keys.members(children)) {
      await removeKey(key, app);
      await app.keys.remove(children, key);
      removed++;
    }
    await purgeSource(identity, app, context);
    return removed;
  } catch (cause) {
    throw toStorageError(cause);
  }
}
