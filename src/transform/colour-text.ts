import type { Colour } from "./colour.ts";

const HEX_COLOUR = /^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;

/** The colour that `rgb`, `rgba`, `rrggbb` or `rrggbbaa` stands for: hexadecimal, either case, no `#`. */
export function parseColour(text: string): Colour | undefined {
  if (!HEX_COLOUR.test(text)) return undefined;
  const digits = text.length < 6 ? 1 : 2;
  const channel = (index: number) =>
    Number.parseInt(text.slice(index * digits, (index + 1) * digits).repeat(3 - digits), 16);
  const alpha = text.length === 4 * digits ? channel(3) : 255;
  return { red: channel(0), green: channel(1), blue: channel(2), alpha };
}
