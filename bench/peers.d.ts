// The calls that we make of the peers. Their own types are there only once `npm run bench` has installed them, and
// whether the code is right must be known without.

declare module "sharp" {
  interface Raw {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
  }
  export interface Sharp {
    resize(size: { width: number; height?: number; fit?: "fill"; kernel?: "nearest" }): Sharp;
    extend(sides: { right: number; bottom: number; extendWith: "mirror" }): Sharp;
    removeAlpha(): Sharp;
    ensureAlpha(): Sharp;
    toColourspace(space: "srgb"): Sharp;
    raw(): Sharp;
    toFormat(format: "jpeg" | "png" | "webp"): Sharp;
    jpeg(options: { quality: number; progressive?: boolean; chromaSubsampling?: string; mozjpeg?: boolean }): Sharp;
    png(options?: { adaptiveFiltering: boolean }): Sharp;
    webp(options: { quality: number }): Sharp;
    metadata(): Promise<{ width?: number; height?: number }>;
    toBuffer(): Promise<Uint8Array<ArrayBuffer>>;
    toBuffer(options: { resolveWithObject: true }): Promise<{ data: Uint8Array; info: Raw }>;
  }
  const sharp: {
    (drawn: {
      create: { width: number; height: number; channels: 3; background: { r: number; g: number; b: number } };
    }): Sharp;
    (bytes: Uint8Array, options?: { raw: Raw }): Sharp;
    concurrency(threads: number): void;
    cache(on: boolean): void;
  };
  export default sharp;
}

declare module "wasm-vips" {
  export interface VipsImage {
    flatten(): VipsImage;
    writeToBuffer(suffix: string, options: { Q?: number }): Uint8Array;
    writeToMemory(): Uint8Array;
    delete(): void;
  }
  export interface Vips {
    concurrency(threads: number): void;
    readonly Cache: { max(operations: number): void };
    readonly Image: {
      newFromBuffer(bytes: Uint8Array): VipsImage;
      newFromMemory(pixels: Uint8Array, width: number, height: number, bands: number, format: "uchar"): VipsImage;
      jpegloadBuffer(bytes: Uint8Array, options: { shrink: number }): VipsImage;
      thumbnailBuffer(bytes: Uint8Array, width: number): VipsImage;
    };
  }
  export default function start(options: { dynamicLibraries: string[] }): Promise<Vips>;
}

declare module "@cf-wasm/photon" {
  export class PhotonImage {
    constructor(pixels: Uint8Array, width: number, height: number);
    static new_from_byteslice(bytes: Uint8Array): PhotonImage;
    get_width(): number;
    get_height(): number;
    get_bytes(): Uint8Array;
    get_bytes_jpeg(quality: number): Uint8Array;
    free(): void;
  }
  export const SamplingFilter: { readonly Lanczos3: number };
  export function resize(image: PhotonImage, width: number, height: number, filter: number): PhotonImage;
}

declare module "@jsquash/jpeg/decode.js" {
  export function init(module: WebAssembly.Module): Promise<void>;
  export default function decode(bytes: ArrayBufferLike): Promise<ImageData>;
}

declare module "@jsquash/jpeg/encode.js" {
  export interface MozjpegOptions {
    quality: number;
    progressive?: boolean;
    quant_table?: number;
    auto_subsample?: boolean;
    chroma_subsample?: number;
  }
  export function init(module: WebAssembly.Module): Promise<void>;
  export default function encode(image: ImageData, options: MozjpegOptions): Promise<ArrayBuffer>;
}

declare module "@jsquash/png/decode.js" {
  export function init(module: WebAssembly.Module): Promise<unknown>;
  export default function decode(bytes: ArrayBufferLike): Promise<ImageData>;
}

declare module "@jsquash/png/encode.js" {
  export function init(module: WebAssembly.Module): Promise<unknown>;
  export default function encode(image: ImageData): Promise<ArrayBuffer>;
}

declare module "@jsquash/webp/decode.js" {
  export function init(module: WebAssembly.Module): Promise<void>;
  export default function decode(bytes: ArrayBufferLike): Promise<ImageData>;
}

declare module "@jsquash/webp/encode.js" {
  export function init(module: WebAssembly.Module): Promise<unknown>;
  export default function encode(image: ImageData, options: { quality: number }): Promise<ArrayBuffer>;
}

declare module "@jsquash/resize" {
  interface Options {
    readonly width: number;
    readonly height: number;
    readonly method: "lanczos3";
    readonly premultiply: boolean;
    readonly linearRGB: boolean;
  }
  export function initResize(module: WebAssembly.Module): Promise<unknown>;
  export default function resize(image: ImageData, options: Options): Promise<ImageData>;
}

declare module "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
