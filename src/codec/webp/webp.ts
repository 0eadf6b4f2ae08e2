export { webpDecoder } from "./decode.ts";
export { webpEncoder } from "./encode.ts";
