/** Lets one request at a time, of all isolates, do what a key stands for. */
export interface Leases {
  /**
   * A lease, for whoever shall do it; or undefined once another has done it, or tried: its result is for the storage to
   * tell. Never fails: where nobody can be asked, whoever asks gets a lease.
   */
  take(key: string): Promise<Lease | undefined>;
}

export interface Lease {
  /** Lets those who wait go on. Never fails. */
  end(): Promise<void>;
}

const lease: Lease = { end: async () => undefined };

/** Everybody may do everything: what one isolate does twice is prevented elsewhere. */
export const noLeases: Leases = { take: async () => lease };
