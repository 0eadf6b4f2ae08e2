import { withTimeout } from "../platform/timeout.ts";
import type { DerivativeLease } from "./derivative-lease.ts";
import type { Lease, Leases } from "./leases.ts";

export interface DurableLeasesOptions {
  /** How long a lease lasts whose holder is never heard of again. */
  readonly leaseMs: number;
  /** How long is waited for another's work before doing it oneself. */
  readonly maxWaitMs: number;
  /** Told when nobody could be asked. */
  readonly log: (message: string, cause: unknown) => void;
}

/** Leases of all isolates of one deployment, by a Durable Object for each key. */
export function durableLeases(
  namespace: DurableObjectNamespace<DerivativeLease>,
  { leaseMs, maxWaitMs, log }: DurableLeasesOptions,
): Leases {
  return {
    async take(key) {
      const holder = crypto.randomUUID();
      const end = async () => namespace.getByName(key).end(holder);
      const lease: Lease = { end: () => end().catch((cause) => log("lease not ended", cause)) };
      try {
        const turn = await withTimeout(namespace.getByName(key).take(holder, leaseMs), maxWaitMs, late);
        return turn === "yours" ? lease : undefined;
      } catch (cause) {
        log("no lease: made without", cause);
        return lease;
      }
    },
  };
}

const late = () => new Error("Another's work takes too long");
