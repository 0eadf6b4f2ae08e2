import { describe, it } from "vitest";
import { digestHex, hmacHex, md5Hex, sha256Hex, verifyHmac } from "../../src/platform/crypto.ts";

describe("digests", () => {
  it("md5Hex() gives picfit's key of its test vector", async ({ expect }) => {
    expect(await md5Hex("test1||test2")).toBe("e89d66bdfdd4dd26b682cc77e23a86eb");
  });

  it.for([
    ["MD5", "d41d8cd98f00b204e9800998ecf8427e"],
    ["SHA-1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["SHA-256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ] as const)("digestHex() gives the %s of nothing", async ([algorithm, digest], { expect }) => {
    expect(await digestHex(algorithm, new Uint8Array())).toBe(digest);
  });

  it("sha256Hex() reads text as UTF-8", async ({ expect }) => {
    expect(await sha256Hex("é")).toBe(await sha256Hex(Uint8Array.of(0xc3, 0xa9)));
  });
});

describe("HMAC", () => {
  // The vectors of picfit's own tests (picfit.md 3), then RFC 4231 test case 2.
  const vectors = [
    ["SHA-1", "abcdef", "x=1&y=2&z=3", "c9516346abf62876b6345817dba2f9a0c797ef26"],
    ["SHA-1", "s3cr3t/+=", "fmt=jpg&op=flip&path=a.png&pos=h", "62fce3114715e3c67b2dd6be77a90356cfe5d4fb"],
    [
      "SHA-256",
      "Jefe",
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
  ] as const;

  it.for(vectors)("hmacHex() signs with %s and %s", async ([algorithm, key, message, signature], { expect }) => {
    expect(await hmacHex(algorithm, key, message)).toBe(signature);
  });

  it.for(vectors)("verifyHmac() accepts %s with %s", async ([algorithm, key, message, signature], { expect }) => {
    expect(await verifyHmac(algorithm, key, message, signature)).toBe(true);
  });

  const [algorithm, key, message, signature] = vectors[0];
  it.for([
    ["nothing", ""],
    ["upper case", signature.toUpperCase()],
    ["one digit less", signature.slice(1)],
    ["one digit more", `${signature}0`],
    ["another digit", `${signature.slice(0, -1)}0`],
    ["a new line at the end", `${signature}\n`],
    ["a new line for the last digit", `${signature.slice(0, -1)}\n`],
    ["no hex", "z".repeat(40)],
    ["full-width digits", "０".repeat(40)],
    ["zeros", "0".repeat(40)],
    ["the length of SHA-256", "0".repeat(64)],
  ])("verifyHmac() refuses %s", async ([, claimed], { expect }) => {
    expect(await verifyHmac(algorithm, key, message, claimed)).toBe(false);
  });
});
