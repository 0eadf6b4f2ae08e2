/** Odd on purpose: its length in bytes is not its length in characters. */
export const REDIS_PASSWORD = "open sesame é";
