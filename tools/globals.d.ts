// What the types of a Worker and of Node together leave out.

declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<Module>;
}

/** What jSquash takes and gives, and what it looks for by this name. */
interface ImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
declare var ImageData: new (data: Uint8ClampedArray, width: number, height?: number) => ImageData;
