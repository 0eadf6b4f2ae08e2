/** What a sitemap leads to (sitemaps.org, with Google's extension for pictures). */
export interface Sitemap {
  readonly pictures: readonly string[];
  /** Addresses of further sitemaps. */
  readonly sitemaps: readonly string[];
}

/** Before its element may stand instructions, such as the style sheet of WordPress, and comments. */
export const isSitemap = (text: string): boolean =>
  /^\s*(?:(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->)\s*)*<(?:urlset|sitemapindex)\b/.test(text);

/** Pictures are `image:loc`; a sitemap that has none names them as its pages. */
export function parseSitemap(text: string): Sitemap {
  if (/<sitemapindex\b/.test(text)) return { pictures: [], sitemaps: located(text, "loc") };
  const pictures = located(text, "image:loc");
  return { pictures: pictures.length > 0 ? pictures : located(text, "loc"), sitemaps: [] };
}

const located = (text: string, element: string): string[] =>
  [...text.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, "g"))].map(([, content]) => plain(content));

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const plain = (content: string): string =>
  content
    .trim()
    .replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, (_, data: string) => data.replaceAll("&", "&amp;").trim())
    .replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,6})|#x([\da-f]{1,5}));/gi, (_, name, decimal, hex) =>
      name ? ENTITIES[name.toLowerCase()] : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
    );
