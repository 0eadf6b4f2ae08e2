import type { Rgba } from "./display-list.ts";

export const WHITE: Rgba = { red: 255, green: 255, blue: 255, alpha: 255 };

/** `#rrggbb` as an opaque colour. */
export function hex(text: string): Rgba {
  const value = Number.parseInt(text.slice(1), 16);
  return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255, alpha: 255 };
}

/** Hue in degrees, saturation and light in percent, all integers (CSS Color 4 §7.1). */
export function fromHsl(hue: number, saturation: number, light: number): Rgba {
  const reach = (saturation * Math.min(light, 100 - light)) / 10_000;
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (light / 100 - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return { red: channel(0), green: channel(8), blue: channel(4), alpha: 255 };
}

/** The first colour from `light` down that has at least `contrast` against `ground`. */
export function darkened(hue: number, saturation: number, light: number, ground: Rgba, contrast: number): Rgba {
  for (let down = light; down > 0; down--) {
    const colour = fromHsl(hue, saturation, down);
    if (contrastOf(colour, ground) >= contrast) return colour;
  }
  return fromHsl(hue, saturation, 0);
}

/** Contrast of two opaque colours, 1–21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(a: Rgba, b: Rgba): number {
  const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

const luminance = ({ red, green, blue }: Rgba): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** The last bit of a power may differ between machines; no colour in use is that near to a limit. */
const linear = (channel: number): number =>
  channel <= 10 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
