/** An sRGB colour, each channel 0–255, not premultiplied; alpha 255 is opaque. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}
