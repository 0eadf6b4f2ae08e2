import { HttpError } from "../error.ts";
import { leaseWasm, MAX_INSTANCE_BYTES, WASM_PAGE_BYTES, type WasmLease } from "../platform/wasm-memory.ts";
import type { Size } from "../transform/image.ts";

/** How often Emscripten's glue tries to grow memory before it gives up. */
const WISHES = 3;
/** What all our modules begin with. */
const INITIAL_BYTES = 16 * 1024 * 1024;

/** The part of Emscripten's start options that we set. */
interface EmscriptenOptions {
  readonly noInitialRun: boolean;
  print(line: string): void;
  printErr(line: string): void;
  instantiateWasm(imports: WebAssembly.Imports, started: (instance: WebAssembly.Instance) => void): WebAssembly.Exports;
}

/** What a `-s MODULARIZE` build exports by default: it makes one instance a call. */
export type EmscriptenFactory<Api> = (options: EmscriptenOptions) => Promise<Api>;

export interface EmscriptenRun<Result> {
  readonly result: Result;
  /** Size of the instance's memory when the work was done; memory never shrinks, so this is the peak. */
  readonly memoryBytes: number;
}

/**
 * Runs `work` on a fresh instance that is dropped afterwards: memory starts zeroed, so no job sees another's bytes,
 * and a trap or a grown memory goes away with its job. An instance of a compiled module costs about a millisecond.
 * Nothing is compiled, fetched or evaluated. `work` must be done with the instance when it returns.
 * @throws Error whatever came out of the instance, which may be a number (longjmp), as `cause`
 * @throws HttpError 503 busy where others hold the memory that the work lacked
 */
export async function runEmscripten<Api, Result>(
  factory: EmscriptenFactory<Api>,
  module: WebAssembly.Module,
  work: (api: Api) => Result,
  maximumBytes = MAX_INSTANCE_BYTES,
): Promise<EmscriptenRun<Result>> {
  const lease = refusable(leaseWasm(INITIAL_BYTES));
  let memory: WebAssembly.Memory | undefined;
  try {
    const api = await factory(
      optionsFor((imports) => {
        const instance = new WebAssembly.Instance(module, imports);
        memory = limitMemory(instance.exports, maximumBytes, lease);
        return instance;
      }),
    );
    const result = work(api);
    if (!result) lease.verify();
    return { result, memoryBytes: memory?.buffer.byteLength ?? 0 };
  } catch (cause) {
    lease.verify();
    throw new Error("WASM codec failed", { cause });
  } finally {
    lease.end();
  }
}

/**
 * The file that an encoder makes of a picture. Pixels cannot be wrong, so whatever it fails of is their number.
 * @throws HttpError 422 output_too_large, 503 busy
 */
export async function runEncoder<Api>(
  factory: EmscriptenFactory<Api>,
  module: WebAssembly.Module,
  { width, height }: Size,
  encode: (api: Api) => Uint8Array | null,
): Promise<Uint8Array> {
  const { result } = await runEmscripten(factory, module, encode).catch((cause) => {
    throw cause instanceof HttpError ? cause : tooLarge(width, height, cause);
  });
  if (!result) throw tooLarge(width, height);
  return result;
}

const tooLarge = (width: number, height: number, cause?: unknown) =>
  new HttpError(
    422,
    "output_too_large",
    `Cannot write ${width} x ${height} pixels in this format: it takes more memory than there is`,
    { cause },
  );

/** Emscripten's glue takes every throw for the end of memory: `verify` throws again what others were to blame for. */
function refusable({ claim, end }: WasmLease): WasmLease & { verify(): void } {
  let refusal: HttpError | undefined;
  return {
    end,
    claim(bytes) {
      try {
        claim(bytes);
      } catch (thrown) {
        if (thrown instanceof HttpError) refusal = thrown;
        throw thrown;
      }
    },
    verify() {
      if (refusal) throw refusal;
    },
  };
}

function optionsFor(start: (imports: WebAssembly.Imports) => WebAssembly.Instance): EmscriptenOptions {
  return {
    noInitialRun: true,
    print: () => {},
    printErr: () => {},
    instantiateWasm(imports, started) {
      const instance = start(imports);
      started(instance);
      return instance.exports;
    },
  };
}

/**
 * These builds declare a maximum of 2 GiB. Their glue grows the exported memory through its `grow` method and takes a
 * throw for "no more memory", so an own `grow` on that one object is where a lower maximum can be set. For each growth
 * the glue asks for 20 % more than there was, then for 10 %, then for 5 %, or for what is needed where that is more:
 * only the third wish is granted.
 */
function limitMemory(exports: WebAssembly.Exports, maximumBytes: number, lease: WasmLease): WebAssembly.Memory {
  const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
  if (!memory) throw new Error("Emscripten module exports no memory");
  lease.claim(memory.buffer.byteLength);
  let wishes = 0;
  const grow = (pages: number) => {
    wishes++;
    if (wishes % WISHES > 0) throw new RangeError("WASM memory grows too fast");
    const bytes = memory.buffer.byteLength + pages * WASM_PAGE_BYTES;
    if (bytes > maximumBytes) throw new RangeError("WASM memory limit reached");
    lease.claim(bytes);
    return WebAssembly.Memory.prototype.grow.call(memory, pages);
  };
  Object.defineProperty(memory, "grow", { value: grow });
  return memory;
}
