import { takeMemory } from "../src/engine/spare-memory.ts";

let watched: Set<WebAssembly.Memory> | undefined;

const Instance = WebAssembly.Instance;

/** Every instance made through it is noticed while something watches. */
class WatchedInstance extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    for (const value of Object.values(this.exports)) if (value instanceof WebAssembly.Memory) watched?.add(value);
  }
}

export interface WasmMemory {
  /** Of all instances together when the work was done. */
  readonly bytes: number;
  readonly instances: number;
}

/** Memory of the instances that `work` makes. */
export async function memoryDuring(work: () => Promise<unknown>): Promise<WasmMemory> {
  // What an earlier picture left would count as large as that one made it.
  takeMemory(Number.POSITIVE_INFINITY);
  const memories = new Set<WebAssembly.Memory>();
  watched = memories;
  WebAssembly.Instance = WatchedInstance;
  try {
    await work();
  } finally {
    WebAssembly.Instance = Instance;
    watched = undefined;
  }
  const bytes = [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  return { bytes, instances: memories.size };
}
