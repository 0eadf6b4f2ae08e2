import { MAX_INSTANCE_BYTES, WASM_PAGE_BYTES } from "../platform/wasm-memory.ts";

/** What engine.wasm asks of the memory that it imports, as tools/build-wasm.ts has it compiled. */
const INITIAL_PAGES = 2;
const MAXIMUM_PAGES = MAX_INSTANCE_BYTES / WASM_PAGE_BYTES;

/** No more than this lies idle. */
const MOST_BYTES = 4 * 1024 * 1024;

let spare: WebAssembly.Memory | undefined;

/** Memory of nothing but zeros, of `bytes` at most or as small as it gets. */
export function takeMemory(bytes: number): WebAssembly.Memory {
  const memory = spare;
  if (!memory || memory.buffer.byteLength > bytes)
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
  spare = undefined;
  return memory;
}

/**
 * Keeps `memory` for the next job: new memory costs a small picture a tenth of its time, and what nobody uses any more
 * fills the isolate until it is collected. Its instance must never be called again; views of it become empty.
 */
export function giveBack(memory: WebAssembly.Memory): void {
  if (memory.buffer.byteLength > MOST_BYTES) return;
  new Uint8Array(memory.buffer).fill(0);
  // Growing, even by nothing, detaches the buffer that there was (WebAssembly JavaScript interface, "refresh the memory buffer").
  memory.grow(0);
  spare = memory;
}
