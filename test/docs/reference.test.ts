import { describe, expect, it } from "vitest";
import reference from "../../docs/url.md?raw";
import { withOptions } from "../../tools/reference/options.ts";
import { exampleUrls, pictureName, withPictures } from "../../tools/reference/rows.ts";

/** Names alone: nothing is read. */
const pictures = Object.keys(import.meta.glob("../../docs/images/url/*.jpg"));

describe("docs/url.md is what npm run build:reference makes", () => {
  it("of the table of options", () => expect(withOptions(reference)).toBe(reference));

  it("with a picture beside each example", () => {
    expect(withPictures(reference, pictureName)).toBe(reference);
    expect(exampleUrls(reference).length).toBeGreaterThan(20);
  });

  it("whose files are there, and no others", () => {
    const named = new Set(exampleUrls(reference).map((url) => `../../docs/images/url/${pictureName(url)}`));
    expect(new Set(pictures)).toEqual(named);
  });
});
