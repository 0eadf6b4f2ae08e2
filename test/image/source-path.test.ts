import { it } from "vitest";
import { parsePath } from "../../src/image/source-path.ts";

it.for([
  ["a.png", "a.png"],
  ["/a.png", "a.png"],
  ["sub/dir/x.png", "sub/dir/x.png"],
  ["a b/é?.jpg", "a b/é?.jpg"],
  ["%2e%2e%2fa.png", "%2e%2e%2fa.png"],
  ["a//b.png", "a//b.png"],
  ["...", "..."],
  ["a..b/.hidden/c.", "a..b/.hidden/c."],
  ["blog:ab_C-1.jpg", "blog:ab_C-1.jpg"],
  ["x".repeat(1_024), "x".repeat(1_024)],
  ["é".repeat(512), "é".repeat(512)],
  ["__proto__", "__proto__"],
])("parsePath() takes %s", ([text, name], { expect }) => {
  expect(parsePath(text)).toBe(name);
});

it.for([
  ["nothing", ""],
  ["a slash alone", "/"],
  ["two leading slashes", "//a.png"],
  ["a parent", "../a.png"],
  ["a parent after the slash", "/../a.png"],
  ["a parent inside", "a/../../b.png"],
  ["a parent at the end", "a/.."],
  ["a dot", "./a.png"],
  ["a dot inside", "a/./b.png"],
  ["dots alone", ".."],
  ["a backslash", "..\\a.png"],
  ["NUL", "a\0.png"],
  ["a C0 control", "a\n.png"],
  ["DEL", "a\u007f.png"],
  ["a C1 control", "a\u0085.png"],
  ["bytes that were no UTF-8", new URLSearchParams("p=%ff").get("p") ?? ""],
  ["half a surrogate pair", "a\ud800.png"],
  ["1,025 bytes", "x".repeat(1_025)],
  ["1,025 bytes of 513 characters", `${"é".repeat(512)}x`],
])("parsePath() refuses %s", ([, text], { expect }) => {
  expect(() => parsePath(text)).toThrow(expect.objectContaining({ status: 400, code: "invalid_path" }));
});
