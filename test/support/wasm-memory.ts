/** Runs `job` and gives the bytes of all WebAssembly memories of the instances that it made, as large as they grew. */
export async function wasmBytesOf(job: () => Promise<void>): Promise<number> {
  const memories: WebAssembly.Memory[] = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, [module, imports]: [WebAssembly.Module, WebAssembly.Imports]) {
      const instance = new target(module, imports);
      memories.push(instance.exports.memory as WebAssembly.Memory);
      return instance;
    },
  });
  try {
    await job();
  } finally {
    WebAssembly.Instance = Instance;
  }
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
