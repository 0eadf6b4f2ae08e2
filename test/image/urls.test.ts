import { describe, it } from "vitest";
import { decodePath } from "../../src/http/path.ts";
import { type Parameters, readParameters } from "../../src/image/parameters.ts";
import { urlsOf } from "../../src/image/urls.ts";

const read = (text: string): Parameters => {
  const { pathname, searchParams } = new URL(text, "https://pics.test");
  return readParameters(decodePath(pathname.slice("/display/".length)), searchParams, { maxParameters: 64 });
};

/** Of a repeated name, other than `op`, the first value counts. */
const counted = (parameters: Parameters) =>
  [...parameters].map(([name, values]) => [name, name === "op" ? values : values.slice(0, 1)]).toSorted();

describe("urlsOf()", () => {
  it.for([
    ["/display?path=a.jpg&op=resize&w=10", "/display/resize/10x/a.jpg"],
    ["/display?path=a.jpg&op=resize&h=10&w=5", "/display/resize/5x10/a.jpg"],
    ["/display/resize/5x10/a.jpg", "/display/resize/5x10/a.jpg"],
    ["/display/a.jpg", "/display/noop/x/a.jpg"],
    ["/display?path=d%20/%C3%A9%3F%23%25.jpg&op=noop", "/display/noop/x/d%20/%C3%A9%3F%23%25.jpg"],
    ["/display?path=/a.jpg&op=noop", "/display/noop/x//a.jpg"],
    ["/display?path=5x5/resize/7x7/a.jpg&op=fit&w=9", "/display/fit/9x/5x5/resize/7x7/a.jpg"],
    ["/display?path=a.jpg&op=resize&width=10&fmt=webp", "/display/resize/x/a.jpg?fmt=webp&width=10"],
    ["/display?path=a.jpg&op=resize&w=1.5", "/display/resize/x/a.jpg?w=1.5"],
    ["/display?path=a.jpg&op=fit&op=op:rotate+deg:90&w=8", "/display/fit/8x/a.jpg?op=op%3Arotate+deg%3A90"],
    ["/display?path=a.jpg&op=fit&w=8&w=9&sig=ab%26", "/display/fit/8x/a.jpg?sig=ab%26"],
    ["/display/ab12/fit/8x/a.jpg", "/display/fit/8x/a.jpg?sig=ab12"],
  ] as const)("of %s has the path form %s", ([given, path], { expect }) => {
    const urls = urlsOf(read(given));
    expect(urls.path).toBe(path);
    expect(counted(read(path))).toEqual(counted(read(given)));
    expect(counted(read(urls.query))).toEqual(counted(read(given)));
  });

  it.for([
    "/display?url=https://a.test/b.jpg&op=noop",
    "/display?path=a.jpg&op=op:fit+w:8&op=op:rotate+deg:90",
    "/display?path=a.jpg",
    "/display?op=noop",
  ])("of %s has the query form only", (given, { expect }) => {
    const urls = urlsOf(read(given));
    expect(urls.path).toBeUndefined();
    expect(counted(read(urls.query))).toEqual(counted(read(given)));
  });
});
