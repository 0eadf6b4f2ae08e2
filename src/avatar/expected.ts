import { HttpError } from "../error.ts";
import type { AvatarRecord, Expected, StateTag } from "./metadata/metadata-store.ts";

/** `If-Match` and `If-None-Match` of a write (RFC 9110 §13.1.1, §13.1.2). A tag that we never gave matches nothing. */
export function readExpected({ headers }: Request): Expected {
  const match = headers.get("if-match");
  return {
    ifMatch: match === null ? undefined : match.trim() === "*" ? "*" : tagsOf(match),
    ifNoneMatch: headers.get("if-none-match")?.trim() === "*" ? "*" : undefined,
  };
}

/** Comparison is strong: weak tags are left out. */
const tagsOf = (list: string): StateTag[] =>
  [...list.matchAll(/(W\/)?"([0-9a-f]{16})(?:-([0-9]{1,15}))?"/g)]
    .filter(([, weak]) => weak === undefined)
    .map(([, , rev, version]) => ({ rev, version: version === undefined ? undefined : Number(version) }));

const REFUSALS = {
  absent: [404, "not_found", "Cannot find an avatar for this id"],
  precondition_failed: [
    412,
    "precondition_failed",
    "Cannot change the avatar: it is not in the state that was expected",
  ],
  id_in_use: [409, "id_in_use", "Cannot link the ids: one of them has another avatar"],
  revision_not_kept: [409, "revision_not_kept", "Cannot show this revision of the avatar again: it is not kept"],
} as const;

/** What a client is told of a change that did not happen. */
export function refused(reason: keyof typeof REFUSALS): HttpError {
  const [status, code, message] = REFUSALS[reason];
  return new HttpError(status, code, message);
}

/**
 * Says early what the change itself would say, before anything is made for it in vain.
 * @throws HttpError 412 precondition_failed
 */
export function verifyExpected({ ifMatch, ifNoneMatch }: Expected, record: AvatarRecord | undefined): void {
  const isMatch = ({ rev, version }: StateTag) =>
    rev === record?.rev && (version === undefined || version === record.version);
  const matches = ifMatch === undefined || (record !== undefined && (ifMatch === "*" || ifMatch.some(isMatch)));
  if (!matches || (ifNoneMatch && record)) throw refused("precondition_failed");
}
