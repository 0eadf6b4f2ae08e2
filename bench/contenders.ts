import type { Contender } from "./contender.ts";

/** Ours first: ratios are those of the first. Nobody is loaded where only another one is needed. */
const CONTENDERS: ReadonlyMap<string, () => Promise<Contender>> = new Map([
  ["edgefit", async () => (await import("./contender/edgefit.ts")).edgefit],
  ["sharp", async () => (await import("./contender/sharp.ts")).nativeSharp],
  ["wasm-vips", async () => (await import("./contender/wasm-vips.ts")).wasmVips],
  ["jSquash", async () => (await import("./contender/jsquash.ts")).jsquash],
  ["photon", async () => (await import("./contender/photon.ts")).photon],
]);

export const NAMES: readonly string[] = [...CONTENDERS.keys()];

export async function loadContender(name: string): Promise<Contender> {
  const load = CONTENDERS.get(name);
  if (!load) throw new Error(`is none of ${NAMES.join(", ")}`);
  return load();
}
