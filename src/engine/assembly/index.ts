export { alloc, release } from "./memory";
export * from "./resample";
export { webpAlphaApply, webpAlphaOpen } from "./webp-alpha";
export { webpLossyBand, webpLossyDecoded, webpLossyOpen, webpLossyRows } from "./webp-vp8";
export { webpLosslessDecode, webpLosslessPixels } from "./webp-vp8l";
export { pngInflateInput, pngInflateLeft } from "./png-bits";
export * from "./png-inflate";
export * from "./png-rows";
export * from "./png-colours";
export * from "./png-pack";
export * from "./png-deflate";
export { jpegComponent, jpegFrame } from "./jpeg-frame";
export { jpegInput } from "./jpeg-input";
export { jpegBand, jpegOutput } from "./jpeg-output";
export { jpegRow } from "./jpeg-planes";
export { planePixels } from "./plane-colour";
export { planeAcross, planeDown, planeEdge, planePairs, planeTranspose } from "./planes";
export {
  jpegEncodeCodes,
  jpegEncodeEnd,
  jpegEncodeMcus,
  jpegEncodeOpen,
  jpegEncodeOutput,
  jpegEncodeWrite,
} from "./jpeg-encode";
export { jpegEncodePixels } from "./jpeg-encode-pixels";
export { jpegEncodePlane } from "./jpeg-encode-planes";
export { jpegBuildTable, jpegTable } from "./jpeg-tables";
export { jpegEnd, jpegMember, jpegScan, jpegStart, jpegStarved } from "./jpeg-scan";
