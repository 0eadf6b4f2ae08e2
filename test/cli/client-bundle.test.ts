import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { clientBundle } from "../../tools/client/bundle.ts";

const MOST_BYTES = 4_096;
const bundle = await clientBundle();

it(`the client is smaller than ${MOST_BYTES} bytes in gzip`, () => {
  expect(gzipSync(bundle, { level: 9 }).length).toBeLessThan(MOST_BYTES);
});

it("the client imports nothing, and runs in Node", async () => {
  const text = new TextDecoder().decode(bundle);
  expect(text).not.toMatch(/\bimport\b|\brequire\(/);
  const { edgefit } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  expect(edgefit({ base: "" }).url("a.jpg", { op: "resize", width: 8 })).toBe("/display/resize/8x/a.jpg");
  const signed = await edgefit({ base: "", secret: "abcdef" }).url("avatar.png", { op: "resize", width: 100 });
  expect(signed).toBe("/display/041170bbe9269a48c8e6a56353a22c339011f22a/resize/100x/avatar.png");
});
