/** Canvases above this are refused before anything is allocated, whatever limit the caller set. */
export const MAX_PIXELS = 100_000_000;
