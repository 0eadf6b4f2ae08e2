export { webpDecoder } from "./webp-decode.ts";
export { webpEncoder } from "./webp-encode.ts";
