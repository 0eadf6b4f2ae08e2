import { describe, it, vi } from "vitest";
import { parseId } from "../../src/avatar/identity.ts";
import { type Scope, verifyMay } from "../../src/avatar/permission.ts";
import { verifyToken } from "../../src/avatar/token.ts";
import { readAvatarConfig } from "../../src/env-avatar.ts";
import { HttpError } from "../../src/error.ts";
import type { Env } from "../../src/var.ts";
import { TOKENS } from "../support/published-tokens.ts";
import { rejectionOf } from "../support/refusal.ts";
import { ALICE, BOB, EXP, SECRET, type Signing, signToken } from "../support/token.ts";

const NOW = 1_800_000_000;
const INVALID = [401, "invalid_token"];

const policyOf = (vars: Env = {}) => readAvatarConfig({ JWT_SECRET: SECRET, ...vars }).tokens;
const verify = (token: string, vars: Env = {}) => verifyToken(token, policyOf(vars), { now: () => NOW * 1000 });
const verifyClaims = (claims: object, vars: Env = {}, signing: Signing = {}) =>
  verify(signToken({ hash: ALICE, exp: EXP, ...claims }, signing), vars);

/** "allowed", or status and code. */
async function asked(token: string, scope: Scope, hash: string | undefined, vars: Env = {}): Promise<unknown> {
  const ids = hash === undefined ? [] : [parseId(hash)];
  return rejectionOf(verify(token, vars).then((permission) => verifyMay(permission, scope, ...ids) ?? "allowed"));
}

describe("published tokens", () => {
  it.for([
    [1, "avatar:write", ALICE, {}, "allowed"],
    [1, "avatar:write", BOB, {}, [403, "hash_mismatch"]],
    [1, "avatar:list", undefined, {}, [403, "insufficient_scope"]],
    [1, "avatar:write", ALICE, { JWT_AUDIENCE: "avatars" }, INVALID],
    [2, "avatar:write", ALICE, {}, [401, "token_expired"]],
    [3, "avatar:write", ALICE, {}, INVALID],
    [4, "avatar:write", ALICE, {}, INVALID],
    [5, "avatar:write", BOB, {}, INVALID],
    [6, "avatar:write", ALICE, {}, INVALID],
    [6, "avatar:write", ALICE, { JWT_ALGS: ["HS256", "HS512"] }, "allowed"],
    [7, "avatar:write", ALICE, {}, [401, "token_not_active"]],
    [8, "avatar:write", ALICE, {}, INVALID],
    [9, "avatar:write", ALICE, {}, "allowed"],
    [10, "avatar:write", ALICE, {}, [403, "insufficient_scope"]],
    [10, "avatar:delete", ALICE, {}, "allowed"],
    [10, "avatar:delete", "c160f8cc69a4f0bf2b0362752353d060", {}, "allowed"],
    [11, "avatar:list", undefined, {}, "allowed"],
    [11, "avatar:write", ALICE, {}, [403, "insufficient_scope"]],
    [12, "avatar:write", ALICE, {}, "allowed"],
    [12, "avatar:write", ALICE, { JWT_AUDIENCE: "avatars" }, "allowed"],
    [12, "avatar:write", ALICE, { JWT_AUDIENCE: ["other", "x"] }, "allowed"],
    [12, "avatar:write", ALICE, { JWT_AUDIENCE: "other" }, INVALID],
  ] as const)("T%i, asked for %s of %s with %j: %j", async ([token, scope, id, vars, answer], { expect }) => {
    expect(await asked(TOKENS[token], scope, id, vars)).toEqual(answer);
  });
});

describe("without keys", () => {
  const unset = { JWT_SECRET: undefined };

  it.for<[string, Env]>([
    ["none", unset],
    ["an empty one", { JWT_SECRET: "" }],
    ["one of 15 bytes", { JWT_SECRET: "123456789012345" }],
    ["one of 15 bytes beside a good one", { JWT_SECRETS: { a: "123456789012345" } }],
    ["an empty one beside a good one", { JWT_SECRETS: { a: "" } }],
    ["an empty map", { ...unset, JWT_SECRETS: {} }],
  ])("%s: every token is refused with 503", async ([, vars], { expect }) => {
    const key = String(vars.JWT_SECRET ?? "");
    for (const token of [TOKENS[1], TOKENS[3], "x", signToken({ hash: ALICE, exp: EXP }, { secret: key })])
      expect(await rejectionOf(verify(token, vars))).toEqual([503, "auth_not_configured"]);
  });

  it("16 bytes are enough, counted in UTF-8", async ({ expect }) => {
    for (const secret of ["1234567890123456", "ééééé ☃"].map((text) => text.padEnd(8, "é")))
      expect(await rejectionOf(verifyClaims({}, { JWT_SECRET: secret }, { secret }))).toHaveProperty("scopes");
  });

  it("says which variable in the log only", async ({ expect }) => {
    const thrown: unknown = await verify(TOKENS[1], unset).catch((error) => error);
    expect(thrown).toMatchObject({ cause: expect.stringContaining("JWT_SECRET"), headers: { "retry-after": "60" } });
    expect((thrown as HttpError).message).not.toContain("JWT_");
  });
});

describe("keys", () => {
  const [older, newer] = ["the-older-of-two-secrets", "the-newer-of-two-secrets"];
  const vars = { JWT_SECRET: undefined, JWT_SECRETS: { old: older, new: newer } };
  const signed = (kid: unknown, secret: string) => ({ header: { alg: "HS256", kid }, secret });

  it.for([
    ["the key it names", signed("new", newer), true],
    ["the older key that it names", signed("old", older), true],
    ["no name and the newer key", { secret: newer }, true],
    ["no name and the older key", { secret: older }, true],
    ["no name and a key of somebody else", { secret: SECRET }, false],
    ["another key than it names", signed("old", newer), false],
    ["a name nobody has", signed("other", newer), false],
    ["an empty name", signed("", newer), false],
    ["__proto__", signed("__proto__", newer), false],
    ["constructor", signed("constructor", newer), false],
    ["a path", signed("../../../../dev/null", ""), false],
    ["a number", signed(0, newer), false],
    ["a list", signed(["new"], newer), false],
    ["null", signed(null, newer), false],
    ["SQL", signed("x' UNION SELECT 'key", "key"), false],
  ] as const)("%s", async ([, signing, good], { expect }) => {
    const answer = await rejectionOf(verifyClaims({}, vars, signing));
    if (good) expect(answer).toHaveProperty("scopes");
    else expect(answer).toEqual(INVALID);
  });

  it("a name given as __proto__ is a name like others", async ({ expect }) => {
    const map = `{"__proto__":"${newer}"}`;
    const answer = await rejectionOf(verifyClaims({}, { ...vars, JWT_SECRETS: map }, signed("__proto__", newer)));
    expect(answer).toHaveProperty("scopes");
  });

  it("a token that names a key is never verified by JWT_SECRET", async ({ expect }) => {
    expect(await rejectionOf(verifyClaims({}, {}, signed("any", SECRET)))).toEqual(INVALID);
    expect(await rejectionOf(verifyClaims({}, {}, signed("undefined", SECRET)))).toEqual(INVALID);
  });
});

describe("header", () => {
  const JWK = { kty: "oct", k: Buffer.from("a-key-of-the-attacker").toString("base64url") };
  const attacker = "a-key-of-the-attacker";

  it.for<[string, Signing]>([
    ...["none", "None", "NONE", "nOnE", "", "hs256", "Hs256", "HS256 ", "HS256\0", "HS255", "SHA256", "dir"].map(
      (alg): [string, Signing] => [`alg ${JSON.stringify(alg)}`, { header: { alg } }],
    ),
    ...["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS512", "EdDSA", "ES256K"].map(
      (alg): [string, Signing] => [`alg ${alg} signed with the secret`, { header: { alg } }],
    ),
    ["no alg", { header: { typ: "JWT" } }],
    ["alg null", { header: { alg: null } }],
    ["alg in a list", { header: { alg: ["HS256"] } }],
    ["alg as an object", { header: { alg: { toString: "HS256" } } }],
    ["alg of the prototype", { header: '{"__proto__":{"alg":"HS256"}}' }],
    ["HS384, not switched on", { header: { alg: "HS384" }, hash: "sha384" }],
    ["HS256 over SHA-512", { header: { alg: "HS256" }, hash: "sha512" }],
    ["two alg, the last one none", { header: '{"alg":"HS256","alg":"none"}' }],
    ["crit", { header: { alg: "HS256", crit: ["exp"] } }],
    ["empty crit", { header: { alg: "HS256", crit: [] } }],
    ["b64 false", { header: { alg: "HS256", b64: false } }],
    ["b64 false and crit", { header: { alg: "HS256", b64: false, crit: ["b64"] } }],
    ["a key of its own", { header: { alg: "HS256", jwk: JWK }, secret: attacker }],
    ["an address of a key", { header: { alg: "HS256", jku: "https://attacker.test/jwks" }, secret: attacker }],
    ["an address of a certificate", { header: { alg: "HS256", x5u: "https://attacker.test/x5u" }, secret: attacker }],
    ["a certificate", { header: { alg: "HS256", x5c: ["MIIB"] }, secret: attacker }],
    ["no object", { header: '"HS256"' }],
    ["a list", { header: '[{"alg":"HS256"}]' }],
    ["null", { header: "null" }],
    ["half an object", { header: '{"alg":"HS256"' }],
    ["text behind", { header: '{"alg":"HS256"}x' }],
    ["NUL behind", { header: '{"alg":"HS256"}\0' }],
    ["a byte order mark", { header: '\ufeff{"alg":"HS256"}' }],
  ])("is refused with %s", async ([, signing], { expect }) => {
    expect(await rejectionOf(verifyClaims({}, {}, signing))).toEqual(INVALID);
  });

  it("is judged before a key is touched", async ({ expect }) => {
    const importKey = vi.spyOn(crypto.subtle, "importKey");
    for (const header of [{ alg: "none" }, { alg: "RS256" }, { alg: "HS512" }, { alg: "HS256", crit: ["exp"] }])
      expect(await rejectionOf(verifyClaims({}, {}, { header }))).toEqual(INVALID);
    expect(importKey).not.toHaveBeenCalled();
    await verifyClaims({});
    expect(importKey).toHaveBeenCalled();
    importKey.mockRestore();
  });

  it.for<[string, Signing]>([
    ["another typ", { header: { alg: "HS256", typ: "at+jwt" } }],
    ["no typ", { header: { alg: "HS256" } }],
    ["members that nobody reads", { header: { alg: "HS256", cty: "x", jwk: JWK } }],
  ])("may have %s", async ([, signing], { expect }) => {
    expect(await rejectionOf(verifyClaims({}, {}, signing))).toHaveProperty("scopes");
  });
});

describe("form", () => {
  const good = signToken({ hash: ALICE, exp: EXP });
  const [header, claims, signature] = good.split(".");
  /** The last of 43 characters holds two bits that mean nothing: four spellings of one signature. */
  const respelt = (text: string) => {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return text.slice(0, -1) + digits[digits.indexOf(text.slice(-1)) ^ 1];
  };

  it.for([
    ["nothing", ""],
    ["one part", header],
    ["two parts", `${header}.${claims}`],
    ["four parts", `${good}.`],
    ["five parts, as encrypted tokens have", `${header}.a.b.c.${signature}`],
    ["an empty header", `.${claims}.${signature}`],
    ["empty claims", `${header}..${signature}`],
    ["no signature", `${header}.${claims}.`],
    ["a space before", ` ${good}`],
    ["a space behind", `${good} `],
    ["a line end behind", `${good}\n`],
    ["a line end inside", `${header}.\n${claims}.${signature}`],
    ["a tab in the signature", `${header}.${claims}.${signature.slice(0, 20)}\t${signature.slice(20)}`],
    ["padding", `${good}=`],
    ["padding in the header", `${header}=.${claims}.${signature}`],
    ["the other alphabet", `${header}.${claims}.${signature.slice(0, 41)}+/`],
    ["a signature spelt in another way", `${header}.${claims}.${respelt(signature)}`],
    ["a signature cut short", good.slice(0, -1)],
    ["a signature with more behind", `${good}AAAA`],
    ["a signature of nothing but zeros", `${header}.${claims}.${"A".repeat(43)}`],
    ["half a byte", `${header}.${claims}.A`],
    ["a lookalike of a letter", good.replace("e", "е")],
    ["a zero-width space", `${header}.${claims}\u200b.${signature}`],
    ["full-width dots", good.replaceAll(".", "．")],
    ["NUL", `${good}\0`],
    ["JSON serialisation", JSON.stringify({ protected: header, payload: claims, signature })],
    ["a huge text", "a".repeat(1_000_000)],
    ["a huge header", `${"e".repeat(1_000_000)}.${claims}.${signature}`],
    ["only dots", ".".repeat(100_000)],
  ])("refuses %s", async ([, token], { expect }) => {
    expect(await rejectionOf(verify(token))).toEqual(INVALID);
  });

  it("takes 4,096 characters and not more", async ({ expect }) => {
    const padded = (length: number) => signToken({ hash: ALICE, exp: EXP, pad: "x".repeat(length) });
    const most = Array.from({ length: 4_000 }, (_, length) => length).findLast((n) => padded(n).length <= 4_096) ?? 0;
    expect(padded(most).length).toBeGreaterThan(4_090);
    expect(await rejectionOf(verify(padded(most)))).toHaveProperty("scopes");
    expect(await rejectionOf(verify(padded(most + 3)))).toEqual(INVALID);
  });
});

describe("claims", () => {
  it.for([
    ["no object", "5"],
    ["null", "null"],
    ["a list", "[]"],
    ["a list of claims", JSON.stringify([{ hash: ALICE, exp: EXP }])],
    ["no JSON", "exp=1"],
    ["nothing but an opening", "[".repeat(3_000)],
    ["objects in objects", `${'{"a":'.repeat(500)}1${"}".repeat(500)}`],
    ["NaN as a time", `{"hash":"${ALICE}","exp":NaN}`],
    ["an infinite time", `{"hash":"${ALICE}","exp":1e999}`],
    ["two times, the last of them text", `{"hash":"${ALICE}","exp":${EXP},"exp":"x"}`],
    ["claims of the prototype", `{"__proto__":{"hash":"${ALICE}","exp":${EXP}}}`],
  ])("are refused as %s", async ([, claims], { expect }) => {
    expect(await rejectionOf(verify(signToken(claims)))).toEqual(INVALID);
  });

  it("are refused where they are no UTF-8", async ({ expect }) => {
    const bytes = Buffer.from(JSON.stringify({ hash: ALICE, exp: EXP, name: "é" }), "latin1");
    expect(await rejectionOf(verify(signToken(bytes)))).toEqual(INVALID);
  });

  it("of two with one name, the last counts", async ({ expect }) => {
    const token = signToken(`{"hash":"${ALICE}","hash":"${BOB}","exp":${EXP}}`);
    expect(await asked(token, "avatar:write", ALICE)).toEqual([403, "hash_mismatch"]);
    expect(await asked(token, "avatar:write", BOB)).toBe("allowed");
  });

  it.for<[string, object]>([
    ["exp as text", { exp: String(EXP) }],
    ["exp null", { exp: null }],
    ["exp true", { exp: true }],
    ["exp in a list", { exp: [EXP] }],
    ["exp beyond all dates", { exp: 8_640_000_000_001 }],
    ["nbf as text", { nbf: "0" }],
    ["nbf null", { nbf: null }],
    ["iat as text", { iat: "0" }],
    ["iat as an object", { iat: {} }],
    ["hash as a number", { hash: 5 }],
    ["hash null", { hash: null, sub: ALICE }],
    ["hash as an object", { hash: { 0: ALICE } }],
    ["hash of 17", { hash: Array(17).fill(ALICE) }],
    ["hash with a number among ids", { hash: [ALICE, 5] }],
    ["hash with a list inside", { hash: [[ALICE]] }],
    ["scope in a list", { scope: ["avatar:write"] }],
    ["scope null", { scope: null }],
    ["scope as a number", { scope: 1 }],
    ["bsha256 too short", { bsha256: "ab" }],
    ["bsha256 as a number", { bsha256: 1 }],
    ["bsha256 null", { bsha256: null }],
    ["once as text", { once: "true", jti: "a" }],
    ["once as a number", { once: 1, jti: "a" }],
    ["once null", { once: null, jti: "a" }],
    ["once without jti", { once: true }],
    ["once with an empty jti", { once: true, jti: "" }],
    ["once with a jti that is a number", { once: true, jti: 5 }],
    ["once with a jti of 257", { once: true, jti: "a".repeat(257) }],
    ["once with a jti that holds NUL", { once: true, jti: "a\0" }],
    ["once with half a character as jti", { once: true, jti: "\ud800" }],
  ])("are refused with %s", async ([, claims], { expect }) => {
    expect(await rejectionOf(verifyClaims(claims))).toEqual(INVALID);
  });
});

describe("time", () => {
  it.for([
    ["exp 59 seconds ago", { exp: NOW - 59 }, "scopes"],
    ["exp 60 seconds ago", { exp: NOW - 60 }, "token_expired"],
    ["exp 0", { exp: 0 }, "token_expired"],
    ["exp negative", { exp: -EXP }, "token_expired"],
    ["exp in milliseconds", { exp: EXP * 1000 }, "scopes"],
    ["exp with a fraction", { exp: NOW + 0.5 }, "scopes"],
    ["nbf in 60 seconds", { nbf: NOW + 60 }, "scopes"],
    ["nbf in 61 seconds", { nbf: NOW + 61 }, "token_not_active"],
    ["nbf long ago", { nbf: 0 }, "scopes"],
    ["iat in 60 seconds", { iat: NOW + 60 }, "scopes"],
    ["iat in 61 seconds", { iat: NOW + 61 }, "token_not_active"],
    ["iat in milliseconds", { iat: NOW * 1000 }, "token_not_active"],
    ["both too old and too young", { exp: NOW - 100, nbf: NOW + 100 }, "token_expired"],
  ] as const)("%s: %s", async ([, claims, told], { expect }) => {
    const answer = await rejectionOf(verifyClaims(claims));
    if (told === "scopes") expect(answer).toHaveProperty("scopes");
    else expect(answer).toEqual([401, told]);
  });

  it.for([
    [{ exp: NOW + 3_600 }, true],
    [{ exp: NOW + 3_601 }, false],
    [{ exp: NOW + 7_200, iat: NOW }, false],
  ] as const)("JWT_MAX_TTL 3600 and %j: %s", async ([claims, good], { expect }) => {
    const answer = await rejectionOf(verifyClaims(claims, { JWT_MAX_TTL: 3_600 }));
    if (good) expect(answer).toHaveProperty("scopes");
    else expect(answer).toEqual(INVALID);
  });
});

describe("issuer and audience", () => {
  it.for([
    [{ iss: "https://id.test" }, { JWT_ISSUER: "https://id.test" }, true],
    [{ iss: "https://id.test" }, { JWT_ISSUER: ["other", "https://id.test"] }, true],
    [{ iss: "https://id.test/" }, { JWT_ISSUER: "https://id.test" }, false],
    [{ iss: ["https://id.test"] }, { JWT_ISSUER: "https://id.test" }, false],
    [{}, { JWT_ISSUER: "https://id.test" }, false],
    [{ iss: "anybody" }, {}, true],
    [{ aud: "avatars" }, { JWT_AUDIENCE: "avatars" }, true],
    [{ aud: "Avatars" }, { JWT_AUDIENCE: "avatars" }, false],
    [{ aud: [] }, { JWT_AUDIENCE: "avatars" }, false],
    [{ aud: [["avatars"]] }, { JWT_AUDIENCE: "avatars" }, false],
    [{ aud: { avatars: true } }, { JWT_AUDIENCE: "avatars" }, false],
    [{ aud: "anything" }, {}, true],
  ] as const)("%j with %j: %s", async ([claims, vars, good], { expect }) => {
    const answer = await rejectionOf(verifyClaims(claims, vars));
    if (good) expect(answer).toHaveProperty("scopes");
    else expect(answer).toEqual(INVALID);
  });
});

describe("whose avatar", () => {
  const sixteen = Array.from({ length: 16 }, (_, index) => index.toString(16).repeat(40));

  it.for([
    ["upper case", { hash: ALICE.toUpperCase() }, ALICE, "allowed"],
    ["a list of 16, the first", { hash: sixteen }, sixteen[0], "allowed"],
    ["a list of 16, the last", { hash: sixteen }, sixteen[15], "allowed"],
    ["a list of 16, another", { hash: sixteen }, ALICE, "hash_mismatch"],
    ["an empty list", { hash: [], sub: ALICE }, ALICE, "hash_mismatch"],
    ["no id", { hash: "alice", sub: ALICE }, ALICE, "hash_mismatch"],
    ["an empty text", { hash: "", sub: ALICE }, ALICE, "hash_mismatch"],
    ["sub that is another", { hash: BOB, sub: ALICE }, ALICE, "hash_mismatch"],
    ["sub that is no id", { hash: undefined, sub: "alice" }, ALICE, "hash_mismatch"],
    ["sub that is a list", { hash: undefined, sub: [ALICE] }, ALICE, "hash_mismatch"],
    ["the beginning of an id", { hash: ALICE.slice(0, 32) }, ALICE, "hash_mismatch"],
    ["spaces around", { hash: ` ${ALICE}` }, ALICE, "hash_mismatch"],
    ["two ids in one text", { hash: `${BOB} ${ALICE}` }, ALICE, "hash_mismatch"],
    ["* without admin", { hash: "*" }, ALICE, "hash_mismatch"],
    ["* with other scopes", { hash: "*", scope: "avatar:write avatar:list" }, ALICE, "hash_mismatch"],
    ["* with admin", { hash: "*", scope: "avatar:admin" }, ALICE, "allowed"],
    ["* in a list with admin", { hash: ["*"], scope: "avatar:admin" }, ALICE, "hash_mismatch"],
    ["* in sub with admin", { hash: undefined, sub: "*", scope: "avatar:admin" }, ALICE, "hash_mismatch"],
    ["admin for another", { hash: BOB, scope: "avatar:admin" }, ALICE, "hash_mismatch"],
    ["admin for nobody", { hash: undefined, scope: "avatar:admin" }, ALICE, "hash_mismatch"],
  ] as const)("%s", async ([, claims, id, answer], { expect }) => {
    const token = signToken({ exp: EXP, ...claims });
    expect(await asked(token, "avatar:write", id)).toEqual(answer === "allowed" ? answer : [403, answer]);
  });

  it("every id of a request must be in it", async ({ expect }) => {
    const permission = await verifyClaims({ hash: [ALICE, BOB] });
    const [alice, bob, other] = [ALICE, BOB, "a".repeat(32)].map(parseId);
    verifyMay(permission, "avatar:write", alice, bob);
    expect(() => verifyMay(permission, "avatar:write", alice, other)).toThrow(HttpError);
  });
});

describe("scope", () => {
  const ALL: readonly Scope[] = ["avatar:write", "avatar:delete", "avatar:list"];

  it.for([
    [undefined, ["avatar:write", "avatar:delete"]],
    ["", []],
    ["avatar:write", ["avatar:write"]],
    ["avatar:list", ["avatar:list"]],
    ["openid avatar:delete profile", ["avatar:delete"]],
    ["avatar:admin", ALL],
    ["Avatar:Write", []],
    ["avatar:*", []],
    ["avatar:", []],
    ["avatar:admins", []],
    ["avatar:write,avatar:delete", []],
    ["avatar:write\tavatar:delete", []],
  ] as const)("%j allows %j", async ([scope, allowed], { expect }) => {
    const token = signToken({ hash: ALICE, exp: EXP, scope });
    for (const asked_ of ALL) {
      const answer = await asked(token, asked_, asked_ === "avatar:list" ? undefined : ALICE);
      expect(answer).toEqual(allowed.includes(asked_ as never) ? "allowed" : [403, "insufficient_scope"]);
    }
  });

  it("the list needs no hash", async ({ expect }) => {
    expect(await asked(signToken({ exp: EXP, scope: "avatar:list" }), "avatar:list", undefined)).toBe("allowed");
  });
});

describe("refusals", () => {
  it.for([
    [TOKENS[4], "invalid_token"],
    [TOKENS[2], "token_expired"],
    [TOKENS[7], "token_not_active"],
  ] as const)("%# tell what is wrong, and not the token", async ([token, code], { expect }) => {
    const thrown = (await verify(token).catch((error) => error)) as HttpError;
    expect(thrown.headers["www-authenticate"]).toBe(`Bearer error="invalid_token", error_description="${code}"`);
    for (const part of token.split(".")) expect(thrown.message).not.toContain(part);
  });

  it("tell the scope that is missing", async ({ expect }) => {
    const permission = await verify(TOKENS[1]);
    try {
      verifyMay(permission, "avatar:list");
    } catch (thrown) {
      const challenge = 'Bearer error="insufficient_scope", scope="avatar:list"';
      expect((thrown as HttpError).headers["www-authenticate"]).toBe(challenge);
    }
    expect.assertions(1);
  });
});
