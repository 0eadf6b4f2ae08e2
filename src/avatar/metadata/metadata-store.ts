import type { Rect, Size } from "../../transform/image.ts";
import type { AvatarId } from "../identity.ts";

export type Rating = "g" | "pg" | "r" | "x";
export type MasterType = "jpg" | "png" | "webp" | "gif";

/** One revision of an avatar: which objects it is kept in, and which part of the source it shows. */
export interface RevisionRecord {
  /** Of the avatar, not one of its ids: 32 random hex digits that no client sees. */
  readonly avatarId: string;
  /** First 16 hex digits of the SHA-256 of the master's bytes. */
  readonly rev: string;
  readonly masterKey: string;
  /** Absent where no source is kept. */
  readonly sourceKey: string | undefined;
  /** The upright source, in pixels. */
  readonly source: Size;
  readonly crop: Rect;
  /** When it was shown first, or again: milliseconds since 1970, different for each revision of an avatar. */
  readonly createdAt: number;
}

/** What is known of an avatar that can be found. Times are milliseconds since 1970. */
export interface AvatarRecord {
  readonly avatarId: string;
  /** Every id it is found by, in lower case; the short ones first. */
  readonly ids: readonly AvatarId[];
  readonly rev: string;
  /** 1 at first, one more after every change. */
  readonly version: number;
  readonly type: MasterType;
  /** Of the square master, 1–2048 pixels. */
  readonly side: number;
  /** Size of the master. */
  readonly bytes: number;
  /** Names of the offered sizes. */
  readonly sizes: readonly string[];
  readonly rating: Rating;
  readonly name: string | undefined;
  readonly alt: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The one that `rev` names. */
  readonly revision: RevisionRecord;
}

/** A master and the objects around it, as they are stored but not yet shown. */
export interface Picture {
  readonly rev: string;
  readonly type: MasterType;
  readonly side: number;
  readonly bytes: number;
  readonly sizes: readonly string[];
  /** Never used before: what removes the objects of an older upload must not find those of a later one. */
  readonly masterKey: string;
  readonly sourceKey: string | undefined;
  readonly source: Size;
  readonly crop: Rect;
}

/** What else can be said of an avatar. Absent: stays as it is, which at first is `g` and none; null: none from now on. */
export interface Description {
  readonly rating?: Rating | undefined;
  readonly name?: string | null | undefined;
  readonly alt?: string | null | undefined;
}

/** What the row of an avatar says of the revision that it shows. */
export type Shown = Pick<Picture, "rev" | "type" | "side" | "bytes" | "sizes">;

export interface Upload {
  readonly picture: Picture;
  readonly description?: Description;
  /**
   * Further ids that are to find this avatar, at most 16. They are taken from other avatars; one that is left without
   * ids is deleted.
   */
  readonly ids?: readonly AvatarId[];
}

export interface Patch {
  readonly description?: Description;
  /** Another part of the source that is kept for the revision `base`, which must still be the current one. */
  readonly cut?: { readonly base: string; readonly picture: Picture };
  /** A revision that is kept, to be shown again; the one that is shown now is kept for it. Not together with `cut`. */
  readonly show?: Shown;
}

/** Conditions of a change (RFC 9110 §13.1), held against the avatar within the change itself. */
export interface Expected {
  /** One of these must be the current one; `"*"`: there must be one. */
  readonly ifMatch?: readonly StateTag[] | "*" | undefined;
  /** `"*"`: there must be none. */
  readonly ifNoneMatch?: "*" | undefined;
}

/** What an entity tag of an avatar says: `"<rev>"`, or `"<rev>-<version>"`. */
export interface StateTag {
  readonly rev: string;
  readonly version?: number | undefined;
}

/** `dropped` are the keys of objects that nothing needs any more. They are queued: who removes them says `removed`. */
export interface Saved<Outcome extends string> {
  readonly outcome: Outcome;
  readonly avatar: AvatarRecord;
  readonly dropped: readonly string[];
}

/** Why nothing was changed. */
export interface Refused<Reason extends string> {
  readonly outcome: Reason;
}

export type PutResult = Saved<"created" | "replaced"> | Refused<"precondition_failed">;
/**
 * `base_changed`: the revision that was cut from is not the current one any more. `revision_not_kept`: nothing is known
 * of the one that was to be shown.
 */
export type PatchResult =
  | Saved<"patched">
  | Refused<"absent" | "precondition_failed" | "base_changed" | "revision_not_kept">;
export type LinkResult = Saved<"linked"> | Refused<"absent" | "precondition_failed" | "id_in_use">;
export type HideResult =
  | { readonly outcome: "hidden"; readonly dropped: readonly string[] }
  | Refused<"absent" | "precondition_failed">;

/** Where a page of the list begins: after this avatar. */
export interface ListPosition {
  readonly updatedAt: number;
  readonly avatarId: string;
}

export interface ListQuery {
  readonly limit: number;
  /** Absent: from the newest on. */
  readonly after?: ListPosition | undefined;
  /** Only what was changed then or later, in milliseconds since 1970. */
  readonly since?: number | undefined;
}

/**
 * What is known of avatars, apart from their pictures.
 *
 * Every method is one change that happens wholly or not at all, and one after another. Two changes at once: the later
 * one wins whole. Absent is undefined. Any method may end in HttpError 503 storage_unavailable; a change may then have
 * happened, so the objects of an upload are left to the queue and never removed by who put them.
 *
 * An upload is three steps, and may be cut off between any two of them:
 * 1. `intend` the keys of the objects to come: they would be removed in an hour;
 * 2. put the objects;
 * 3. `put`, which shows them, calls their removal off, and queues the objects that they replace.
 * No id ever leads to an object that is not there, and what is left over is removed by whoever asks what is `due`.
 */
export interface MetadataStore {
  /** By any of its ids, in one round trip. */
  find(id: AvatarId): Promise<AvatarRecord | undefined>;
  /** The current revision or one that is kept. */
  findRevision(id: AvatarId, rev: string): Promise<RevisionRecord | undefined>;
  /** The current revision, then those that are kept, from the one that was shown last. Empty where there is no avatar. */
  revisions(id: AvatarId): Promise<readonly RevisionRecord[]>;
  /**
   * Newest change first. Pages never repeat an avatar nor leave one out, but for those that change meanwhile: they are
   * at the top by then, where a list of what changed `since` the start finds them.
   */
  list(query: ListQuery): Promise<readonly AvatarRecord[]>;

  /**
   * Creates the avatar of `id`, or replaces what it shows. All of the upload's keys must have been intended.
   * @throws HttpError 503 storage_unavailable when that was so long ago that the removal has begun; 400
   * invalid_parameter for a text with NUL
   */
  put(id: AvatarId, upload: Upload, expected?: Expected): Promise<PutResult>;
  /** @throws HttpError as `put`; of a cut, only the master's key must have been intended */
  patch(id: AvatarId, patch: Patch, expected?: Expected): Promise<PatchResult>;
  /** Lets `ids`, at most 16, find the avatar of `id` too. An id that finds it already is fine. */
  link(id: AvatarId, ids: readonly AvatarId[], expected?: Expected): Promise<LinkResult>;
  /** From now on nothing finds it. Its row goes with the last of its objects. */
  hide(id: AvatarId, expected?: Expected): Promise<HideResult>;

  /** False where the token was used before. Two calls at once: only one is told true. */
  useToken(jti: string, expiresAt: number): Promise<boolean>;
  /** Forgets the tokens that have expired. */
  forgetTokens(): Promise<void>;

  /** Queues objects that are about to be put for removal in an hour, unless a `put` or `patch` calls it off. */
  intend(keys: readonly string[]): Promise<void>;
  /**
   * Keys of at most `limit` objects to remove now. Until they are said to be `removed`, they come again: after a minute,
   * four, nine and so on, a day at most. From now on no `put` can show them.
   */
  due(limit: number): Promise<readonly string[]>;
  /** These objects are gone; so is every row of a hidden avatar that this leaves without objects. */
  removed(keys: readonly string[]): Promise<void>;
}
