// Figures as people read them.
const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** In steps of a thousand. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_500 ? `${number.format(bytes / 1000)} kB` : `${number.format(bytes / 1_000_000)} MB`;
}

export const millisecondsText = (ms: number): string => (ms < 9.95 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);

export const sizeText = ({ width, height }: { readonly width: number; readonly height: number }): string =>
  `${width} × ${height}`;

const NAMES: Readonly<Record<string, string>> = { jpg: "JPEG", jpeg: "JPEG", webp: "WebP" };

/** A format or its media type as people call it. */
export function formatText(format: string): string {
  const name = format.replace("image/", "");
  return NAMES[name] ?? name.toUpperCase();
}

/** How much smaller or larger: `−96 %`. */
export function changeText(before: number, after: number): string {
  const percent = Math.round((after / before - 1) * 100);
  return `${percent < 0 ? "−" : "+"}${Math.abs(percent)} %`;
}
