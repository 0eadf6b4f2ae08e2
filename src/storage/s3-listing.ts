import type { Found } from "./listing.ts";

/** Reads the XML of ListObjectsV2. Names come percent-encoded where the server says so, which XML cannot spoil. */
export function parseListing(xml: string): Found {
  const decode = textOf(xml, "EncodingType") === "url" ? decodeName : (name: string) => name;
  const objects = [...elements(xml, "Contents")].map((content) => ({
    path: decode(textOf(content, "Key") ?? ""),
    size: Number(textOf(content, "Size")),
    version: textOf(content, "ETag")?.replaceAll('"', ""),
    modified: new Date(textOf(content, "LastModified") ?? Number.NaN),
  }));
  const folders = [...elements(xml, "CommonPrefixes")].map((folder) => decode(textOf(folder, "Prefix") ?? ""));
  return { objects, folders, truncated: textOf(xml, "IsTruncated") === "true" };
}

/** Form encoding: a space is `+`, a plus `%2B`. */
const decodeName = (name: string): string => decodeURIComponent(name.replaceAll("+", " "));

/** What stands inside each element of that name; nesting of the same name does not occur in S3. */
function* elements(xml: string, name: string): Generator<string> {
  const open = `<${name}>`;
  const close = `</${name}>`;
  for (let at = xml.indexOf(open); at >= 0; at = xml.indexOf(open, at)) {
    const start = at + open.length;
    const end = xml.indexOf(close, start);
    if (end < 0) return;
    yield xml.slice(start, end);
    at = end + close.length;
  }
}

/** Text of the first element of that name. */
export function textOf(xml: string, name: string): string | undefined {
  const [inside] = elements(xml, name).take(1);
  return inside?.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, named) =>
    named ? (ENTITIES[named] ?? whole) : String.fromCodePoint(Math.min(0x10ffff, Number(decimal ?? `0x${hex}`))),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
