import { DurableObject } from "cloudflare:workers";

/** What those who wait for a lease are told: it is theirs, or it has ended. */
export type Turn = "yours" | "ended";

/**
 * The lease on one derivative: a Durable Object for each key. It lives in memory only: should it be lost, those who wait
 * see an error and go on without it.
 */
export class DerivativeLease extends DurableObject {
  #holder: string | undefined;
  #expiry: ReturnType<typeof setTimeout> | null = null;
  readonly #waiting: ((turn: Turn) => void)[] = [];

  /**
   * Waits until the lease is free.
   * @param holder a name that nobody else has
   * @param ms after which a lease that was not ended goes to the next: its holder is gone
   */
  take(holder: string, ms: number): Promise<Turn> {
    if (this.#holder === undefined) return Promise.resolve(this.#give(holder, ms));
    const { promise, resolve } = Promise.withResolvers<Turn>();
    this.#waiting.push((turn) => resolve(turn === "yours" ? this.#give(holder, ms) : turn));
    return promise;
  }

  /** Tells all who wait that it has ended; nothing where another holds it by now. */
  end(holder: string): void {
    if (this.#holder !== holder) return;
    this.#free();
    for (const tell of this.#waiting.splice(0)) tell("ended");
  }

  #give(holder: string, ms: number): Turn {
    this.#holder = holder;
    this.#expiry = setTimeout(() => {
      this.#free();
      this.#waiting.shift()?.("yours");
    }, ms);
    return "yours";
  }

  #free(): void {
    clearTimeout(this.#expiry);
    this.#holder = undefined;
  }
}
