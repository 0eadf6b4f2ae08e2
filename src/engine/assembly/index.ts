export { alloc } from "./memory";
export * from "./resample";
export * from "./webp-vp8";
export { alloc, release } from "./memory";
export { webpAlphaApply, webpAlphaOpen } from "./webp-alpha";
export { webpLossyBand, webpLossyDecoded, webpLossyOpen, webpLossyRows } from "./webp-vp8";
export { webpLosslessDecode, webpLosslessPixels } from "./webp-vp8l";
export * from "./png-inflate";
export * from "./png-rows";
