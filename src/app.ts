import type { Avatars } from "./avatar/avatars.ts";
import type { CreatedStorage } from "./create-storage.ts";
import type { EdgeCache } from "./edge/edge-cache.ts";
import type { Config } from "./env.ts";
import type { Made } from "./image/made.ts";
import type { CachedPictures } from "./image/workers-cache.ts";
import type { KeyStore } from "./keystore/keystore.ts";
import type { Leases } from "./lease/leases.ts";
import type { Counters } from "./observe/counters.ts";
import type { Observe } from "./observe/observer.ts";
import type { Pages } from "./pages.ts";
import type { Budget } from "./platform/budget.ts";
import type { Clock } from "./platform/clock.ts";
import type { SharedJobs } from "./platform/shared-jobs.ts";
import type { Throttle } from "./platform/throttle.ts";
import type { Place } from "./storage/place.ts";
import type { ReadableStorage, Storage } from "./storage/storage.ts";

/** Everything a handler works with: the ports, and what it was configured to do with them. One an isolate. */
export interface App {
  readonly config: Config;
  readonly source: SourceStorage | undefined;
  readonly destination: DestinationStorage | undefined;
  readonly keys: KeyStore;
  readonly edge: EdgeCache;
  /** So that several isolates do not make the same derivative at once. */
  readonly leases: Leases;
  /** What storages read by HTTP are told in `Via`: the host that this isolate was first asked under. */
  readonly viaToken: string;
  readonly clock: Clock;
  /** When this isolate was first asked, since 1970: before that a Worker's clock stands at 0. */
  readonly startedMs: number;
  readonly budget: Budget;
  /** For beginnings of sources that wait until they are counted; beside the budget. */
  readonly looking: Budget;
  /** For sources from when they are read until their derivatives are stored; beside the budget. */
  readonly loading: Budget;
  readonly jobs: SharedJobs<Made>;
  readonly counters: Counters;
  readonly observe: Observe;
  /** When a key may be written again that is missing although its object is there. */
  readonly keyRepairs: Throttle;
  /** When a derivative may be held against its source again. */
  readonly revalidations: Throttle;
  /** The avatar half; absent where it has no database or no bucket. */
  readonly avatars: Avatars | undefined;
  /** What browsers are shown; absent: nothing but data and pictures. */
  readonly pages: Pages | undefined;
}

/** Where originals are; absent: only `url=` has sources. */
export type SourceStorage = CreatedStorage;

/** Where derivatives are kept; absent: nothing is. */
export interface DestinationStorage {
  /** The one they are read from may be another than they are written to. */
  readonly reader: ReadableStorage;
  readonly writer: Storage;
  readonly place: Place;
}

/** What a request may hand its leftovers to, the caches in front of us, and what else this Worker answers by. */
export interface Context extends Pick<ExecutionContext, "waitUntil" | "cache"> {
  readonly exports?: { readonly CachedPictures?: CachedPictures };
}
