import { ownStyle } from "../style.ts";

/** Fully transparent, whatever colours are asked for. */
export const blank = ownStyle("blank", () => ({ side: 1, shapes: [], antialias: true }));
