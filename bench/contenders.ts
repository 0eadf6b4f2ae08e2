import { edgefit } from "./contender/edgefit.ts";
import { jsquash } from "./contender/jsquash.ts";
import { photon } from "./contender/photon.ts";
import { nativeSharp } from "./contender/sharp.ts";
import { wasmVips } from "./contender/wasm-vips.ts";
import type { Contender } from "./contender.ts";

/** Ours first: ratios are those of the first. */
export const CONTENDERS: readonly Contender[] = [edgefit, nativeSharp, wasmVips, jsquash, photon];

export const NAMES: readonly string[] = CONTENDERS.map(({ name }) => name);
