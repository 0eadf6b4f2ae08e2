import module from "lcms-wasm/dist/lcms.wasm";
import { HttpError } from "../error.ts";
import { leaseWasm, WASM_PAGE_BYTES, type WasmLease } from "../platform/wasm-memory.ts";
import type { IccProfile } from "./icc.ts";

/** Points of a table a side: an 8-bit step is 1/16 of the way, so a point lies at most 16 values off. */
export const GRID = 17;

/**
 * Little CMS 2.16, the calls that we make. Handles are addresses; 0 is failure. Started without the package's glue: that
 * looks for Node, finds a Worker's likeness of it, and fails.
 */
interface LcmsExports {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
  __wasm_call_ctors(): void;
  emscripten_stack_init(): void;
  malloc(bytes: number): number;
  cmsOpenProfileFromMem(at: number, length: number): number;
  cmsCreate_sRGBProfile(): number;
  cmsCreateTransform(from: number, format: number, to: number, toFormat: number, intent: number, flags: number): number;
  cmsDoTransform(transform: number, from: number, to: number, pixels: number): void;
}

/** Pixel formats of lcms2.h by channels, 16 bit: colour space, number of channels, bytes of each. */
const FORMATS: Readonly<Record<number, number>> = {
  1: (3 << 16) | (1 << 3) | 2,
  3: (4 << 16) | (3 << 3) | 2,
  4: (6 << 16) | (4 << 3) | 2,
};
const PERCEPTUAL = 0;
/** cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE: each point is looked up once, exactly. */
const EXACT = 0x0140;

/**
 * sRGB, 16 bit, of GRID points a channel, the last channel counting fastest. One call, one fresh instance. Undefined
 * where Little CMS fails, whatever way.
 * @throws HttpError 503 busy
 */
export function sampleProfile(profile: IccProfile, channels: number): Uint16Array | undefined {
  const lease = leaseWasm(INITIAL_BYTES);
  try {
    return sample(start(lease), reducedProfile(profile), channels);
  } catch (thrown) {
    if (thrown instanceof HttpError) throw thrown;
    return undefined;
  } finally {
    lease.end();
  }
}

function sample(lcms: LcmsExports, profile: Uint8Array, channels: number): Uint16Array | undefined {
  const input = lcms.cmsOpenProfileFromMem(place(lcms, profile), profile.length);
  const [format, rgb] = [FORMATS[channels], FORMATS[3]];
  const transform =
    input && lcms.cmsCreateTransform(input, format, lcms.cmsCreate_sRGBProfile(), rgb, PERCEPTUAL, EXACT);
  if (!transform) return undefined;
  const count = GRID ** channels;
  const points = place(lcms, new Uint8Array(gridPoints(channels).buffer));
  const result = place(lcms, new Uint8Array(count * 3 * 2));
  lcms.cmsDoTransform(transform, points, result, count);
  return new Uint16Array(lcms.memory.buffer, result, count * 3).slice();
}

function gridPoints(channels: number): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: GRID ** channels * channels }, (_, at) => {
    const point = Math.floor(at / channels);
    const step = Math.floor(point / GRID ** (channels - 1 - (at % channels))) % GRID;
    return Math.round((step * 65535) / (GRID - 1));
  });
}

/** Copies `bytes` into the instance. */
function place(lcms: LcmsExports, bytes: Uint8Array): number {
  const at = lcms.malloc(bytes.length);
  if (at === 0) throw new RangeError("WASM memory limit reached");
  new Uint8Array(lcms.memory.buffer).set(bytes, at);
  return at;
}

/** The profile with its one table only: nothing else of a stranger's bytes is parsed by C code. */
function reducedProfile({ header, tags }: IccProfile): Uint8Array {
  const table = tags.get("A2B0") ?? new Uint8Array();
  const start = header.length + 4 + 12;
  const bytes = new Uint8Array(start + table.length);
  bytes.set(header);
  bytes.set(table, start);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length);
  const directory = [1, 0x4132_4230, start, table.length];
  for (const [index, word] of directory.entries()) view.setUint32(header.length + index * 4, word);
  return bytes;
}

/** The base takes 16 MiB, 15 of them stack; a press profile and its points 2 MiB more. */
const MAX_BYTES = 48 * 1024 * 1024;
const INITIAL_BYTES = 16 * 1024 * 1024;

function start(lease: WasmLease): LcmsExports {
  const lcms: LcmsExports = new WebAssembly.Instance(
    module,
    importsFor(() => lcms, lease),
  ).exports as unknown as LcmsExports;
  lcms.emscripten_stack_init();
  lcms.__wasm_call_ctors();
  return lcms;
}

type Import = (...values: readonly number[]) => number;

/** What the library needs of its host. Files, time zones and C++ exceptions never come up in what we call: they trap. */
function importsFor(lcms: () => LcmsExports, lease: WasmLease): WebAssembly.Imports {
  const known: Readonly<Record<string, Import>> = {
    emscripten_memcpy_js: (to, from, length) => {
      new Uint8Array(lcms().memory.buffer).copyWithin(to, from, from + length);
      return 0;
    },
    emscripten_resize_heap: (bytes) => Number(growTo(lcms().memory, bytes >>> 0, lease)),
    // A profile's date of creation: the epoch will do.
    emscripten_date_now: () => 0,
    _tzset_js: () => 0,
    _gmtime_js: () => 0,
  };
  const call: Import = (index, ...values) => lcms().__indirect_function_table.get(index)(...values);
  const imports: Record<string, Record<string, Import>> = {};
  for (const { module: space, name } of WebAssembly.Module.imports(module)) {
    imports[space] ??= {};
    imports[space][name] = known[name] ?? (name.startsWith("invoke_") ? call : refuse);
  }
  return imports;
}

function refuse(): never {
  throw new WebAssembly.RuntimeError("Little CMS aborted");
}

function growTo(memory: WebAssembly.Memory, bytes: number, lease: WasmLease): boolean {
  if (bytes > MAX_BYTES) return false;
  const pages = Math.ceil(bytes / WASM_PAGE_BYTES);
  lease.claim(pages * WASM_PAGE_BYTES);
  memory.grow(pages - memory.buffer.byteLength / WASM_PAGE_BYTES);
  return true;
}
