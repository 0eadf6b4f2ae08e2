import { describe, it } from "vitest";
import { createEngine } from "../../src/engine/engine.ts";
import { WASM_PAGE_BYTES } from "../../src/platform/wasm-memory.ts";

const MIB = 1024 * 1024;
const INITIAL_BYTES = 2 * WASM_PAGE_BYTES;

const bytesOf = ({ memory }: { readonly memory: WebAssembly.Memory }) => new Uint8Array(memory.buffer);

/** An engine that was given `bytes`, each of them 0xAA. */
function filled(bytes: number) {
  const engine = createEngine({ mostBytes: 8 * MIB });
  const at = engine.alloc(bytes);
  bytesOf(engine).fill(0xaa, at);
  return engine;
}

/** Whatever an earlier test left is taken, and kept. */
const forget = () => createEngine({ mostBytes: 8 * MIB });

describe("createEngine() for a job in one go", () => {
  it("gets the memory of an earlier one, and finds what a new instance finds", ({ expect }) => {
    forget();
    const fresh = bytesOf(createEngine()).slice();
    const first = filled(1 * MIB);
    const { memory } = first;
    const allocated = createEngine().alloc(0);
    first.close();
    const second = createEngine({ mostBytes: 8 * MIB });
    expect(second.memory).toBe(memory);
    expect(second.alloc(0)).toBe(allocated);
    expect(bytesOf(second).subarray(0, INITIAL_BYTES)).toEqual(fresh);
    expect(
      bytesOf(second)
        .subarray(INITIAL_BYTES)
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  it("leaves no view of it behind", ({ expect }) => {
    const engine = filled(1000);
    const view = bytesOf(engine);
    engine.close();
    expect(view.length).toBe(0);
  });

  it("never shares it with another at the same time", ({ expect }) => {
    filled(1000).close();
    const engines = [createEngine({ mostBytes: MIB }), createEngine({ mostBytes: MIB }), createEngine()];
    expect(new Set(engines.map(({ memory }) => memory)).size).toBe(3);
  });

  it("gets no more than it takes at most", ({ expect }) => {
    forget();
    filled(2 * MIB).close();
    expect(bytesOf(createEngine({ mostBytes: MIB })).length).toBe(INITIAL_BYTES);
    expect(bytesOf(createEngine({ mostBytes: 3 * MIB })).length).toBeGreaterThan(2 * MIB);
  });

  it("lets a large memory go", ({ expect }) => {
    forget();
    filled(5 * MIB).close();
    expect(bytesOf(createEngine({ mostBytes: 8 * MIB })).length).toBe(INITIAL_BYTES);
  });

  it("keeps nothing of those who may still be read from", ({ expect }) => {
    forget();
    const engine = createEngine();
    const view = bytesOf(engine);
    engine.close();
    expect([view.length, createEngine({ mostBytes: 8 * MIB }).memory === engine.memory]).toEqual([
      INITIAL_BYTES,
      false,
    ]);
  });
});
