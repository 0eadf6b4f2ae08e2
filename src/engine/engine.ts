import { leaseWasm, WASM_PAGE_BYTES } from "../platform/wasm-memory.ts";
import module from "./engine.wasm";
import { giveBack, takeMemory } from "./spare-memory.ts";

/** What every kernel of the engine offers; each adapter in this folder adds the exports it calls. */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
  /** Ends the use of the instance before its job ends. */
  close(): void;
}

/** Copies up to `length` bytes from `position` of a file on to the address `to`, and says how many. */
export type ReadSource = (position: number, to: number, length: number) => number;

export interface EngineOptions {
  /** For kernels that fetch their input. */
  readonly readSource?: ReadSource | undefined;
  /**
   * For jobs that run in one go, from here to `close`: bytes that it takes at most. It may then get the memory of an
   * earlier job, zeroed, and leaves its own to a later one.
   */
  readonly mostBytes?: number | undefined;
}

/**
 * A fresh instance of the engine. One job, one instance, whose memory is all zeros: so no picture can ever see another's
 * pixels, and a trap or a memory that grew large goes away with its job.
 */
export function createEngine<Exports extends object>(options: EngineOptions = {}): EngineMemory & Exports {
  const { readSource = () => 0, mostBytes } = options;
  const memory = takeMemory(mostBytes ?? 0);
  const lease = leaseWasm(memory.buffer.byteLength);
  const beforeGrowth = (pages: number) => lease.claim(memory.buffer.byteLength + pages * WASM_PAGE_BYTES);
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort, readSource, beforeGrowth } });
  const close = () => {
    lease.end();
    if (mostBytes !== undefined) giveBack(memory);
  };
  return { ...exports, memory, close } as unknown as EngineMemory & Exports;
}

function abort(): never {
  throw new WebAssembly.RuntimeError("engine aborted");
}
