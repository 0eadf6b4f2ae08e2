import { expect, it } from "vitest";
import { childrenKey, derivativeKey, keyText, objectName } from "../../src/image/key.ts";
import { readParameters } from "../../src/image/parameters.ts";
import { md5Hex } from "../../src/platform/crypto.ts";

const parse = (query: string, remainder = "") =>
  readParameters(remainder, new URLSearchParams(query), { maxParameters: 64 });

/** picfit.md 4: query, JSON, key. */
it.for([
  [
    "w=50&h=50&op=resize&path=avatar.png",
    '{"h":"50","op":"resize","path":"avatar.png","w":"50"}',
    "540d90a9cc7a76bf72b1e4fc4516d84d",
  ],
  [
    "w=100&h=100&op=resize&path=avatar.png",
    '{"h":"100","op":"resize","path":"avatar.png","w":"100"}',
    "895b545d9dca01413aec42d6ae3c6197",
  ],
  [
    "w=50&op=resize&path=avatar.png",
    '{"op":"resize","path":"avatar.png","w":"50"}',
    "44bc2e6774cb2c2481bc3585b11e639d",
  ],
  [
    "w=53&op=resize&path=avatar.png",
    '{"op":"resize","path":"avatar.png","w":"53"}',
    "173fe91fb761a02eef80614876762024",
  ],
  [
    "zzz=1&w=50&h=50&op=resize&path=avatar.png",
    '{"h":"50","op":"resize","path":"avatar.png","w":"50","zzz":"1"}',
    "8eea8fec66e297c45b392a3bb1e52a6f",
  ],
  [
    "w=50&op=resize&op=op:rotate+deg:90&path=avatar.png",
    '{"op":["resize","op:rotate deg:90"],"path":"avatar.png","w":"50"}',
    "10abd6fb7cd1b13e1c72d161fa3c02b1",
  ],
  [
    "w=50&h=50&op=resize&op=op:rotate+deg:90&path=avatar.png",
    '{"h":"50","op":["resize","op:rotate deg:90"],"path":"avatar.png","w":"50"}',
    "26004811f4d74e6a25ff162a2b8e9024",
  ],
  [
    "a=%3Cb%3E%26%C3%A9&op=resize&path=avatar.png&w=50",
    '{"a":"\\u003cb\\u003e\\u0026é","op":"resize","path":"avatar.png","w":"50"}',
    "d2d865f88abc28c6f9bb030fb5e14d83",
  ],
] as const)("derivativeKey() of %s", async ([query, json, key]) => {
  expect(keyText(parse(query))).toBe(json);
  expect(await derivativeKey(parse(query))).toBe(key);
});

it("derivativeKey() is the same for the path form, in any order, with sig or force", async () => {
  const key = "540d90a9cc7a76bf72b1e4fc4516d84d";
  expect(await derivativeKey(parse("", "resize/50x50/avatar.png"))).toBe(key);
  expect(await derivativeKey(parse("sig=1&force=1", "sig/resize/50x50/avatar.png"))).toBe(key);
});

it.for([
  [1, 2, false, "e/8/e89d66bdfdd4dd26b682cc77e23a86eb.jpg"],
  [2, 2, false, "e8/9d/e89d66bdfdd4dd26b682cc77e23a86eb.jpg"],
  [2, 3, true, "e8/9d/66/bdfdd4dd26b682cc77e23a86eb.jpg"],
  [0, 0, true, "e89d66bdfdd4dd26b682cc77e23a86eb.jpg"],
  [1, 2, true, "e/8/9d66bdfdd4dd26b682cc77e23a86eb.jpg"],
] as const)("objectName() with width %i, depth %i, restOnly %s is %s", ([width, depth, restOnly, name]) => {
  expect(objectName("e89d66bdfdd4dd26b682cc77e23a86eb", { width, depth, restOnly }, "jpg")).toBe(name);
});

it("md5Hex() of picfit's own test", async () => {
  expect(await md5Hex("test1||test2")).toBe("e89d66bdfdd4dd26b682cc77e23a86eb");
});

it("childrenKey() is the digest of the source's path", async () => {
  expect(await childrenKey("")).toBe("d41d8cd98f00b204e9800998ecf8427e:children");
});
