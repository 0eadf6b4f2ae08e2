import { describe, it } from "vitest";
import { type Permission, type UseToken, useUp, verifyBody } from "../../src/avatar/permission.ts";
import { verifyToken } from "../../src/avatar/token.ts";
import { readAvatarConfig } from "../../src/env-avatar.ts";
import { sha256Hex } from "../../src/platform/crypto.ts";
import { rejectionOf } from "../support/refusal.ts";
import { ALICE, EXP, SECRET, signToken } from "../support/token.ts";

const { tokens } = readAvatarConfig({ JWT_SECRET: SECRET });
const permissionOf = (claims: object): Promise<Permission> =>
  verifyToken(signToken({ hash: ALICE, exp: EXP, ...claims }), tokens, { now: () => 1_800_000_000_000 });

const picture = Uint8Array.of(1, 2, 3);

describe("verifyBody()", () => {
  it.for([
    ["any bytes", "", picture],
    ["exactly the bytes", "lower", picture],
    ["exactly the bytes, in upper case", "upper", picture],
    ["a part of a larger buffer", "lower", Uint8Array.of(0, 1, 2, 3, 4).subarray(1, 4)],
  ] as const)("takes %s", async ([, spelling, bytes], { expect }) => {
    const digest = await sha256Hex(picture);
    const claims = { "": {}, lower: { bsha256: digest }, upper: { bsha256: digest.toUpperCase() } }[spelling];
    expect(await rejectionOf(verifyBody(await permissionOf(claims), bytes))).toBeUndefined();
  });

  it.for([Uint8Array.of(1, 2, 4), Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3, 0), new Uint8Array()])(
    "refuses other bytes",
    async (bytes, { expect }) => {
      const permission = await permissionOf({ bsha256: await sha256Hex(picture) });
      expect(await rejectionOf(verifyBody(permission, bytes))).toEqual([403, "body_mismatch"]);
    },
  );
});

describe("useUp()", () => {
  /** As a table with a unique column does it. */
  const memory = () => {
    const used = new Map<string, number>();
    const useToken: UseToken = async (jti, expiresAt) => !used.has(jti) && used.set(jti, expiresAt) !== undefined;
    return { used, useToken };
  };

  it("lets a token through once", async ({ expect }) => {
    const { used, useToken } = memory();
    const permission = await permissionOf({ once: true, jti: "one" });
    await useUp(permission, useToken);
    expect(await rejectionOf(useUp(permission, useToken))).toEqual([401, "token_used"]);
    expect([...used]).toEqual([["one", (EXP + 60) * 1000]]);
  });

  it("remembers it until it is refused for its age, and not less", async ({ expect }) => {
    const { used, useToken } = memory();
    await useUp(await permissionOf({ once: true, jti: "a", exp: 1_800_000_000.0001 }), useToken);
    expect([...used.values()]).toEqual([1_800_000_060_001]);
  });

  it.for([{}, { jti: "one" }, { once: false, jti: "one" }])("asks nobody for %j", async (claims, { expect }) => {
    const { used, useToken } = memory();
    const permission = await permissionOf(claims);
    await useUp(permission, useToken);
    await useUp(permission, useToken);
    expect(used.size).toBe(0);
  });
});
