import { leaseWasm, WASM_PAGE_BYTES } from "../platform/wasm-memory.ts";
import module from "./engine.wasm";

/** What every kernel of the engine offers; each adapter in this folder adds the exports it calls. */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
  /** Ends the use of the instance before its job ends. */
  close(): void;
}

/** Copies up to `length` bytes from `position` of a file on to the address `to`, and says how many. */
export type ReadSource = (position: number, to: number, length: number) => number;

/** As tools/build-wasm.ts has it compiled. */
const INITIAL_BYTES = 2 * WASM_PAGE_BYTES;

/**
 * A fresh instance of the engine. One job, one instance: memory starts zeroed, so no picture can ever see another's
 * pixels, and a trap or a grown memory goes away with its job. `readSource`: for kernels that fetch their input.
 */
export function createEngine<Exports extends object>(readSource: ReadSource = () => 0): EngineMemory & Exports {
  const lease = leaseWasm(INITIAL_BYTES);
  const beforeGrowth = (pages: number) => lease.claim(engine.memory.buffer.byteLength + pages * WASM_PAGE_BYTES);
  const instance = new WebAssembly.Instance(module, { env: { abort, readSource, beforeGrowth } });
  const engine = { ...instance.exports, close: lease.end } as unknown as EngineMemory & Exports;
  return engine;
}

function abort(): never {
  throw new WebAssembly.RuntimeError("engine aborted");
}
