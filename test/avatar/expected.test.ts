import { describe, expect, it } from "vitest";
import { readExpected } from "../../src/avatar/expected.ts";

const read = (headers: Record<string, string>) => readExpected(new Request("https://pics.test/", { headers }));

describe("readExpected()", () => {
  it.for([
    ['"0123456789abcdef"', [{ rev: "0123456789abcdef", version: undefined }]],
    ['"0123456789abcdef-7"', [{ rev: "0123456789abcdef", version: 7 }]],
    ['"x", "0123456789abcdef-7"', [{ rev: "0123456789abcdef", version: 7 }]],
    ['W/"0123456789abcdef-7"', []],
    ["*", "*"],
    ["nonsense", []],
  ] as const)("reads If-Match: %s", ([header, ifMatch]) =>
    expect(read({ "if-match": header })).toEqual({ ifMatch, ifNoneMatch: undefined }),
  );

  it("reads If-None-Match: *, and nothing else of it", () => {
    expect(read({ "if-none-match": "*" }).ifNoneMatch).toBe("*");
    expect(read({ "if-none-match": '"0123456789abcdef"' }).ifNoneMatch).toBeUndefined();
  });
});
