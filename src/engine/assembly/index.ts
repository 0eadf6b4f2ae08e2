export { alloc } from "./memory";
