import { HttpError } from "../error.ts";
import type { Admit } from "../platform/bounded.ts";
import { type FetchSourceOptions, fetchSource, probeSource } from "../remote/fetch-source.ts";
import { parseSourceHost } from "../remote/source-host.ts";
import type { SourcePolicy } from "../remote/source-url.ts";
import { confine } from "./confine.ts";
import { storageUnavailable } from "./failure.ts";
import { resolveRange } from "./range.ts";
import { OCTET_STREAM, type ReadableStorage } from "./storage.ts";

export interface HttpStorageOptions extends Omit<FetchSourceOptions, "policy" | "signal"> {
  /** Where objects lie: `baseUrl/path`. Redirects may not leave it. */
  readonly baseUrl: string;
}

/**
 * Objects below an address, read by HTTP. Only 404 and 410 mean absent; bytes are read whole, within the limits given.
 * @throws RangeError for a base URL that is no plain http or https URL
 */
export function httpStorage({ baseUrl, ...options }: HttpStorageOptions): ReadableStorage {
  const host = parseSourceHost(baseUrl);
  if (host.wildcard) throw new RangeError("Cannot read below a base URL with a wildcard");
  const base = new URL(baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  const policy: SourcePolicy = { hosts: [host], allowAny: false, signed: false, ownHosts: [] };
  return {
    async get(path, { range, maxBytes = Infinity, admit, signal } = {}) {
      const limits = { ...options.limits, maxSourceBytes: Math.min(maxBytes, options.limits.maxSourceBytes) };
      const refusals: unknown[] = [];
      const asking = { admit: admit && noting(refusals, admit), signal };
      const source = await present(fetchSource(urlOf(base, path), { ...options, policy, limits, ...asking }), refusals);
      if (!source) return undefined;
      const { start, end } = resolveRange(range, source.bytes.length);
      const bytes = source.bytes.subarray(start, end);
      const body = new Response(bytes).body ?? new ReadableStream();
      const { modified, version } = source;
      return { size: source.bytes.length, modified, version, ...UNTYPED, body, bytes: async () => bytes };
    },
    async head(path) {
      const facts = await present(probeSource(urlOf(base, path), { ...options, policy }));
      if (!facts) return undefined;
      const size = facts.size ?? (await present(fetchSource(urlOf(base, path), { ...options, policy })))?.bytes.length;
      return size === undefined ? undefined : { ...facts, size, ...UNTYPED };
    },
  };
}

/** What a source says about its type is not believed (security.md S9). */
const UNTYPED = { mime: OCTET_STREAM, metadata: {} };

const urlOf = (base: URL, path: string): URL =>
  new URL(confine("", path).split("/").map(encodeURIComponent).join("/"), base);

/** Writes down what `admit` throws. */
const noting =
  (refusals: unknown[], admit: Admit): Admit =>
  (arrival) =>
    admit(arrival).catch((refusal) => {
      refusals.push(refusal);
      throw refusal;
    });

/**
 * Undefined for what is not there. The client named a path, so what goes wrong behind it is the storage's failure; what
 * the reader refuses is not.
 */
async function present<T>(work: Promise<T>, refusals: readonly unknown[] = []): Promise<T | undefined> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof HttpError) || refusals.includes(cause)) throw cause;
    if (cause.code === "not_found") return undefined;
    throw cause.code === "source_too_large" ? cause : storageUnavailable(cause);
  }
}
