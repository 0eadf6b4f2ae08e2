/** Canvases above this are refused before anything is allocated, whatever limit the caller set. */
export const MAX_PIXELS = 100_000_000;
/** Sides above this are refused too: rows are made whole, and no real picture is so long. */
export const MAX_SIDE = 262_144;
