const encoder = new TextEncoder();

/** Order of UTF-8 bytes, which differs from JavaScript's order of UTF-16 units beyond U+FFFF. */
export function byBytes(a: string, b: string): number {
  const x = encoder.encode(a);
  const y = encoder.encode(b);
  const length = Math.min(x.length, y.length);
  for (let at = 0; at < length; at++) if (x[at] !== y[at]) return x[at] - y[at];
  return x.length - y.length;
}
