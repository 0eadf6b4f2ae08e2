import startVips, { type Vips, type VipsImage } from "wasm-vips";
import type { RawImage } from "../../src/transform/image.ts";
import { type Contender, type Photo, type PhotoFormat, QUALITY, type Shrink } from "../contender.ts";

/** libvips compiled to WASM. */
export const wasmVips: Contender = {
  scale: ({ bytes }, width, output) =>
    tried(({ Image }) => used(Image.thumbnailBuffer(bytes, width), (image) => save(image, output))),
  async decode(photo, shrink) {
    if (shrink > 1 && photo.format !== "jpg") throw new Error("shrinks only JPEG");
    await tried((vips) => used(load(vips, photo, shrink), (image) => image.writeToMemory()));
  },
  encode: ({ data, width, height }: RawImage, output) =>
    tried(({ Image }) =>
      used(Image.newFromMemory(data, width, height, 4, "uchar"), (image) =>
        output === "jpg" ? used(image.flatten(), (opaque) => save(opaque, output)) : save(image, output),
      ),
    ),
};

let vips: Vips | undefined;

async function start(): Promise<Vips> {
  const started = await startVips({ dynamicLibraries: [] });
  started.concurrency(1);
  started.Cache.max(0);
  return started;
}

/** After hundreds of pictures its memory is too scattered for a large one: then it gets a second chance with a new one. */
async function tried<T>(work: (vips: Vips) => T): Promise<T> {
  vips ??= await start();
  try {
    return work(vips);
  } catch {
    vips = await start();
    return work(vips);
  }
}

const load = ({ Image }: Vips, { bytes }: Photo, shrink: Shrink): VipsImage =>
  shrink === 1 ? Image.newFromBuffer(bytes) : Image.jpegloadBuffer(bytes, { shrink });

const save = (image: VipsImage, output: PhotoFormat): Uint8Array =>
  image.writeToBuffer(`.${output}`, output === "png" ? {} : { Q: QUALITY });

/** Its memory is freed by hand. */
function used<T>(image: VipsImage, use: (image: VipsImage) => T): T {
  try {
    return use(image);
  } finally {
    image.delete();
  }
}
