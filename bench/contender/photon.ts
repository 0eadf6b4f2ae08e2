import { PhotonImage, resize, SamplingFilter } from "@cf-wasm/photon";
import type { RawImage } from "../../src/transform/image.ts";
import { type Contender, type PhotoFormat, QUALITY } from "../contender.ts";

/** A Rust library compiled to WASM. */
export const photon: Contender = {
  async scale({ bytes }, width, output) {
    return used(PhotonImage.new_from_byteslice(bytes), (image) => {
      const height = Math.round((image.get_height() * width) / image.get_width());
      return used(resize(image, width, height, SamplingFilter.Lanczos3), (small) => encode(small, output));
    });
  },
  async decode({ bytes }, shrink) {
    if (shrink !== 1) throw new Error("has no shrunk decode");
    used(PhotonImage.new_from_byteslice(bytes), () => {});
  },
  encode: async ({ data, width, height }: RawImage, output) =>
    used(new PhotonImage(data, width, height), (image) => encode(image, output)),
};

function encode(image: PhotonImage, output: PhotoFormat): Uint8Array {
  if (output === "webp") throw new Error("writes WebP without loss only");
  return output === "jpg" ? image.get_bytes_jpeg(QUALITY) : image.get_bytes();
}

/** Its memory is freed by hand. */
function used<T>(image: PhotonImage, use: (image: PhotonImage) => T): T {
  try {
    return use(image);
  } finally {
    image.free();
  }
}
