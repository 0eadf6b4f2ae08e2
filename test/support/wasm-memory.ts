type Imports = ConstructorParameters<typeof WebAssembly.Instance>[1];

/** Instances that `job` makes are handed to `made`, which may give other exports for them. */
async function watching(
  made: (exports: WebAssembly.Exports) => WebAssembly.Exports,
  job: () => Promise<void>,
): Promise<void> {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, [module, imports]: [WebAssembly.Module, Imports]) =>
      Object.create(target.prototype, { exports: { value: made(new target(module, imports).exports) } }),
  });
  try {
    await job();
  } finally {
    WebAssembly.Instance = Instance;
  }
}

const memoryOf = (exports: WebAssembly.Exports): WebAssembly.Memory => {
  const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
  if (!memory) throw new Error("An instance without a memory");
  return memory;
};

/** Runs `job` and gives the bytes of all WebAssembly memories of the instances that it made, as large as they grew. */
export async function wasmBytesOf(job: () => Promise<void>): Promise<number> {
  const memories: WebAssembly.Memory[] = [];
  await watching((exports) => {
    memories.push(memoryOf(exports));
    return exports;
  }, job);
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/**
 * Runs `job` and gives the most bytes that WebAssembly memories had at a time, counting an instance from its making to
 * the last call of one of its exports, and the largest of them.
 */
export async function peakWasmBytesOf(job: () => Promise<void>) {
  const changes: { readonly time: number; readonly bytes: number }[] = [];
  const lives: { last: number; bytes: number }[] = [];
  let time = 0;
  await watching((exports) => {
    const memory = memoryOf(exports);
    const life = { last: 0, bytes: 0 };
    lives.push(life);
    const use = () => {
      life.last = ++time;
      const { byteLength } = memory.buffer;
      if (byteLength > life.bytes) changes.push({ time, bytes: byteLength - life.bytes });
      life.bytes = byteLength;
    };
    use();
    return watched(exports, use);
  }, job);
  for (const { last, bytes } of lives) changes.push({ time: last + 0.5, bytes: -bytes });
  changes.sort((a, b) => a.time - b.time);
  let [live, peak] = [0, 0];
  for (const { bytes } of changes) {
    live += bytes;
    peak = Math.max(peak, live);
  }
  return { peak, largest: Math.max(0, ...lives.map(({ bytes }) => bytes)), instances: lives.length };
}

/** Exports that call `use` after each call of them, failed ones included. */
function watched(exports: WebAssembly.Exports, use: () => void): WebAssembly.Exports {
  const calling =
    (work: (...values: unknown[]) => unknown) =>
    (...values: unknown[]) => {
      try {
        return work(...values);
      } finally {
        use();
      }
    };
  const entries = Object.entries(exports).map(([name, value]) => [
    name,
    typeof value === "function" ? calling(value as never) : value,
  ]);
  return Object.fromEntries(entries);
}
