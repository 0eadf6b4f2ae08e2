export { alloc } from "./memory";
export * from "./resample";
export * from "./webp-vp8";
