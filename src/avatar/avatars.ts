import type { AvatarConfig } from "../env-avatar.ts";
import type { SharedJobs } from "../platform/shared-jobs.ts";
import type { Storage } from "../storage/storage.ts";
import type { Guard } from "./entrance.ts";
import type { MetadataStore } from "./metadata/metadata-store.ts";

/** Everything the avatar half works with beside the app that both halves share. One an isolate. */
export interface Avatars {
  readonly config: AvatarConfig;
  readonly metadata: MetadataStore;
  /** Masters and sources; nobody but us reads it. */
  readonly objects: Storage;
  readonly guard: Guard;
  /** Pictures that are being made. */
  readonly jobs: SharedJobs<Uint8Array>;
}
