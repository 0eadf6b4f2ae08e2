import type { App, DestinationStorage, SourceStorage } from "./app.ts";
import { createAvatars } from "./create-avatars.ts";
import { createStorage, type Wiring } from "./create-storage.ts";
import { cacheApi } from "./edge/cache-api.ts";
import { type EdgeCache, noEdgeCache } from "./edge/edge-cache.ts";
import { type Config, type Limits, readConfig } from "./env.ts";
import { HEAD_BYTES } from "./image/admit.ts";
import { isObject } from "./json.ts";
import { cacheKeyStore } from "./keystore/cache.ts";
import type { KeyStore } from "./keystore/keystore.ts";
import { kvKeyStore } from "./keystore/kv.ts";
import { noKeyStore } from "./keystore/none.ts";
import { createRedisClient } from "./keystore/redis/client.ts";
import { redisKeyStore } from "./keystore/redis/redis.ts";
import { tolerantKeyStore } from "./keystore/tolerant.ts";
import type { DerivativeLease } from "./lease/derivative-lease.ts";
import { durableLeases } from "./lease/durable-leases.ts";
import { type Leases, noLeases } from "./lease/leases.ts";
import { logFailure } from "./log.ts";
import type { Analytics } from "./observe/analytics.ts";
import { type Counters, createCounters } from "./observe/counters.ts";
import { createObserver, type Observe } from "./observe/observer.ts";
import { sentryReporter } from "./observe/reporter.ts";
import type { Pages } from "./pages.ts";
import { createBudget } from "./platform/budget.ts";
import { systemClock } from "./platform/clock.ts";
import { createSharedJobs } from "./platform/shared-jobs.ts";
import { createThrottle } from "./platform/throttle.ts";
import { bindingNamed, ConfigError, type Env } from "./var.ts";

/** Apps by the environment they were built from: in a Worker one, in tests one for each configuration. */
const apps = new WeakMap<Env, App>();

/**
 * @param host that the request was sent to
 * @throws ConfigError naming what is wrong; nothing of a broken configuration is kept
 */
export function createApp(env: Env, host: string): App {
  const existing = apps.get(env);
  if (existing) return existing;
  const app = appOf(readConfig(env), env, host);
  apps.set(env, app);
  return app;
}

/** security.md F3 */
const KEY_TIMEOUT_MS = 1_000;
/** A key just written may read as absent for so long: KV caches misses too. */
const KEY_REPAIR_MS = 60_000;

function appOf(config: Config, env: Env, host: string): App {
  const wiring = { config, env, viaToken: host };
  warnOfOpenDoors(config);
  const counters = createCounters();
  return {
    config,
    source: sourceOf(wiring),
    destination: destinationOf(wiring),
    viaToken: host,
    edge: edgeCacheOf(config),
    leases: leasesOf(config, env),
    keys: tolerantKeyStore(keyStoreOf(config, env), { readTimeoutMs: KEY_TIMEOUT_MS, log: logFailure }),
    clock: systemClock,
    startedMs: systemClock.now(),
    budget: createBudget(config.limits, systemClock),
    looking: createBudget({ ...config.limits, decodeBudgetBytes: LOOKING_BYTES }, systemClock),
    loading: createBudget(loadingLimits(config.limits), systemClock),
    jobs: createSharedJobs(config.limits.maxWaitMs),
    counters,
    observe: observerOf(config, env, counters),
    keyRepairs: createThrottle(KEY_REPAIR_MS, systemClock),
    revalidations: createThrottle((config.revalidateSeconds ?? 0) * 1_000, systemClock),
    avatars: createAvatars(config, env, systemClock),
    pages: pagesOf(config, env),
  };
}

function sourceOf(wiring: Wiring): SourceStorage | undefined {
  const section = wiring.config.storage?.source;
  return section && createStorage(section, "STORAGE.src", wiring);
}

function destinationOf(wiring: Wiring): DestinationStorage | undefined {
  const { destination, destinationReadOnly } = wiring.config.storage ?? {};
  if (!destination) return undefined;
  const { writer, reader, place } = createStorage(destination, "STORAGE.dst", wiring);
  if (!writer) throw new ConfigError("STORAGE.dst.type", "a storage that can be written");
  if (!destinationReadOnly) return { reader, writer, place };
  return { reader: createStorage(destinationReadOnly, "STORAGE.dst-ro", wiring).reader, writer, place };
}

/** What waits for its turn may hold a quarter of what those may hold whose turn it is. */
const loadingLimits = (limits: Limits): Limits => ({ ...limits, decodeBudgetBytes: limits.decodeBudgetBytes / 4 });

/** Beginnings of 32 sources: what has not been looked at yet holds nothing while it waits. */
const LOOKING_BYTES = 32 * HEAD_BYTES;

const edgeCacheOf = ({ edgeCache }: Config): EdgeCache =>
  edgeCache ? cacheApi(caches.default, { ...edgeCache, log: logFailure }) : noEdgeCache;

/** Longer than making anything takes: whoever holds a lease for that long is gone. */
const LEASE_MS = 30_000;

function leasesOf({ leaseBinding, limits }: Config, env: Env): Leases {
  if (leaseBinding === undefined) return noLeases;
  const namespace = bindingNamed<DurableObjectNamespace<DerivativeLease>>(env, leaseBinding, "LEASE_BINDING");
  return durableLeases(namespace, { leaseMs: LEASE_MS, maxWaitMs: limits.maxWaitMs, log: logFailure });
}

function keyStoreOf({ keyStore }: Config, env: Env): KeyStore {
  switch (keyStore.type) {
    case "none":
      return noKeyStore;
    case "cache":
      return cacheKeyStore(caches.default, keyStore);
    case "redis":
      return redisKeyStore(createRedisClient({ ...keyStore.server, timeoutMs: KEY_TIMEOUT_MS }), keyStore);
    case "kv":
      return kvKeyStore(bindingNamed<KVNamespace>(env, keyStore.binding, "KVSTORE.binding"), keyStore);
  }
}

/** Bound by wrangler.toml, where the pages were built. */
const pagesOf = ({ enable }: Config, { ASSETS }: Env): Pages | undefined =>
  enable.pages && isObject(ASSETS) ? (ASSETS as unknown as Pages) : undefined;

/** Points are written wherever the dataset is bound. */
function observerOf({ log, sentry }: Config, { ANALYTICS }: Env, counters: Counters): Observe {
  const analytics = isObject(ANALYTICS) ? (ANALYTICS as unknown as Analytics) : undefined;
  return createObserver({ counters, log, analytics, report: sentry && sentryReporter(sentry, systemClock) });
}

/** security.md U1 */
function warnOfOpenDoors({ enable, upload }: Config): void {
  const closed = upload.secret !== undefined || !upload.open;
  if (closed || !(enable.upload || enable.delete || enable.purge || enable.list)) return;
  console.warn("UPLOAD_OPEN is set: anybody may change and list pictures here, as far as that is switched on");
}
