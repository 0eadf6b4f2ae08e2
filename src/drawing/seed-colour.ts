import { sha256 } from "../platform/crypto.ts";
import { darkened, hex, WHITE } from "./colour.ts";
import type { Rgba } from "./display-list.ts";

export const PALE = hex("#f0f0f0");

/** 3 is what WCAG 2.2 §1.4.11 asks of graphics, 4.5 what §1.4.3 asks of text. */
export const GRAPHICS_CONTRAST = 3;
const TEXT_CONTRAST = 4.5;

/** The seed's colour for shapes on `PALE`. */
export function shapeColour(seed: string): Rgba {
  const bytes = sha256(seed);
  return darkened(hueOf(bytes), saturationOf(bytes), 32 + (bytes[18] % 14), PALE, GRAPHICS_CONTRAST);
}

/** The seed's colour that white letters can be read on. */
export function groundColour(seed: string): Rgba {
  const bytes = sha256(seed);
  return darkened(hueOf(bytes), saturationOf(bytes), 45, WHITE, TEXT_CONTRAST);
}

const hueOf = (bytes: Uint8Array): number => Math.floor(((bytes[15] * 256 + bytes[16]) * 360) / 65_536);
const saturationOf = (bytes: Uint8Array): number => 50 + (bytes[17] % 21);
