import type { PutOptions, StoredHead } from "./storage.ts";

/** Whether a write under `onlyIf` may go ahead where `present` is what is there. */
export function holds(onlyIf: PutOptions["onlyIf"], present: StoredHead | undefined): boolean {
  if (!onlyIf) return true;
  return onlyIf === "absent" ? !present : present?.version === onlyIf.version;
}
