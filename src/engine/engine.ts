import module from "./engine.wasm";

/** What every kernel of the engine offers; each adapter in this folder adds the exports it calls. */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
}

/** Copies up to `length` bytes from `position` of a file on to the address `to`, and says how many. */
export type ReadSource = (position: number, to: number, length: number) => number;

/**
 * A fresh instance of the engine. One job, one instance: memory starts zeroed, so no picture can ever see another's
 * pixels, and a trap or a grown memory goes away with its job. `readSource`: for kernels that fetch their input.
 */
export function createEngine<Exports extends object>(readSource: ReadSource = () => 0): EngineMemory & Exports {
  const instance = new WebAssembly.Instance(module, { env: { abort, readSource } });
  return instance.exports as unknown as EngineMemory & Exports;
}

function abort(): never {
  throw new WebAssembly.RuntimeError("engine aborted");
}
