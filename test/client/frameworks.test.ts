import { describe, expect, it } from "vitest";
import { astroService, edgefit, nextLoader, nuxtProvider } from "../../client/index.ts";

const pics = edgefit({ base: "https://pics.test" });

/** What `next/image` calls. */
type NextLoader = (props: { src: string; width: number; quality?: number }) => string;

describe("nextLoader()", () => {
  const loader: NextLoader = nextLoader(pics, { format: "webp", quality: 60 });
  it.for([
    [{ src: "/photos/a.jpg", width: 640 }, "/display/resize/640x/photos/a.jpg?fmt=webp&q=60"],
    [{ src: "photos/a.jpg", width: 640, quality: 75 }, "/display/resize/640x/photos/a.jpg?fmt=webp&q=75"],
    [{ src: "https://x.test/a.jpg", width: 64 }, "/display?url=https://x.test/a.jpg&op=resize&w=64&fmt=webp&q=60"],
  ] as const)("%j", ([props, url]) => expect(loader(props)).toBe(`https://pics.test${url}`));

  it("takes no client that signs", () => {
    // @ts-expect-error: its URLs are promises
    nextLoader(edgefit({ base: "", secret: "abcdef" }));
  });
});

/** What Nuxt Image calls, of its provider's type. */
interface NuxtImageProvider {
  getImage(
    src: string,
    options: {
      modifiers: Partial<{
        width: number | string;
        height: number;
        fit: string;
        format: string;
        quality: number | string;
      }>;
      baseURL?: string;
    },
  ): { url: string };
}

describe("nuxtProvider()", () => {
  const provider: NuxtImageProvider = nuxtProvider(pics);
  it.for([
    [{}, "/display/noop/x/a.jpg"],
    [{ width: 300 }, "/display/resize/300x/a.jpg"],
    [{ width: "300", height: 200 }, "/display/thumbnail/300x200/a.jpg"],
    [{ width: 300, height: 200, fit: "cover" }, "/display/thumbnail/300x200/a.jpg"],
    [{ width: 300, height: 200, fit: "contain" }, "/display/fit/300x200/a.jpg"],
    [{ width: 300, height: 200, fit: "inside" }, "/display/fit/300x200/a.jpg"],
    [{ width: 300, height: 200, fit: "fill" }, "/display/resize/300x200/a.jpg"],
    [{ width: 300, fit: "contain", quality: "80" }, "/display/resize/300x/a.jpg?q=80"],
    [{ width: 300, format: "webp" }, "/display/resize/300x/a.jpg?fmt=webp"],
    [{ width: 300, format: "auto" }, "/display/resize/300x/a.jpg"],
  ])("%j", ([modifiers, url]) => {
    expect(provider.getImage("/a.jpg", { modifiers: modifiers as object })).toEqual({ url: `https://pics.test${url}` });
  });
});

/** What Astro calls, of its external image services' type. */
interface ExternalImageService {
  getURL(options: AstroOptions, config: unknown): string | Promise<string>;
  getSrcSet?(options: AstroOptions, config: unknown): { transform: object; descriptor?: string; attributes?: object }[];
  getHTMLAttributes?(options: AstroOptions, config: unknown): Record<string, unknown>;
}
interface AstroOptions {
  src: string | { src: string; width: number; height: number; format: string };
  width?: number;
  height?: number;
  widths?: number[];
  quality?: number | string;
  format?: string;
  fit?: string;
  [attribute: string]: unknown;
}

describe("astroService()", () => {
  const astro: ExternalImageService = astroService(pics);
  it.for([
    [{ src: "a.jpg", width: 300 }, "/display/resize/300x/a.jpg"],
    [{ src: "a.jpg", width: 300, height: 200, fit: "scale-down" }, "/display/fit/300x200/a.jpg"],
    [
      { src: { src: "/_astro/a.jpg", width: 9, height: 9, format: "jpg" }, format: "avif" },
      "/display/noop/x/_astro/a.jpg?fmt=avif",
    ],
    [{ src: "a.jpg", width: 300, quality: "high" }, "/display/resize/300x/a.jpg?q=80"],
    [{ src: "a.jpg", width: 300, quality: 70, format: "svg" }, "/display/resize/300x/a.jpg?q=70"],
  ] as const)("%j", async ([options, url]) => expect(await astro.getURL(options, {})).toBe(`https://pics.test${url}`));

  it("has a URL for each of `widths`, in the same ratio", async () => {
    const set = astro.getSrcSet?.({ src: "a.jpg", width: 400, height: 300, widths: [200, 100] }, {}) ?? [];
    const urls = set.map(({ transform }) => astro.getURL(transform as AstroOptions, {}));
    expect(set.map(({ descriptor }) => descriptor)).toEqual(["200w", "100w"]);
    expect(urls).toEqual([
      "https://pics.test/display/thumbnail/200x150/a.jpg",
      "https://pics.test/display/thumbnail/100x75/a.jpg",
    ]);
    const [narrow] = astro.getSrcSet?.({ src: "a.jpg", width: 400, widths: [200] }, {}) ?? [];
    expect(astro.getURL(narrow.transform as AstroOptions, {})).toBe("https://pics.test/display/resize/200x/a.jpg");
    expect(astro.getSrcSet?.({ src: "a.jpg" }, {})).toEqual([]);
  });

  it("leaves to the <img> what belongs to it", () => {
    const options = { src: "a.jpg", width: 3, height: 2, quality: 1, format: "png", widths: [1], alt: "", class: "x" };
    expect(astro.getHTMLAttributes?.(options, {})).toEqual({
      ...{ width: 3, height: 2, alt: "", class: "x" },
      ...{ loading: "lazy", decoding: "async" },
    });
    expect(astro.getHTMLAttributes?.({ src: "a.jpg", loading: "eager" }, {})).toMatchObject({ loading: "eager" });
  });

  it("takes a client that signs", async () => {
    const signed = astroService(edgefit({ base: "https://pics.test", secret: "abcdef" }));
    expect(await signed.getURL({ src: "avatar.png", width: 100 })).toBe(
      "https://pics.test/display/041170bbe9269a48c8e6a56353a22c339011f22a/resize/100x/avatar.png",
    );
  });
});
