export { alloc } from "./memory";
export * from "./resample";
