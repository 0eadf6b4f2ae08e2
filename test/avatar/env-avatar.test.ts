import { describe, it } from "vitest";
import { readConfig } from "../../src/env.ts";
import { readAvatarConfig, readLimiters } from "../../src/env-avatar.ts";
import { ConfigError } from "../../src/var.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("readAvatarConfig()", () => {
  it("knows what is meant where nothing is said", ({ expect }) => {
    expect(readAvatarConfig({})).toEqual({
      tokens: {
        algorithms: ["HS256"],
        keys: [],
        allowUrl: true,
        audiences: undefined,
        issuers: undefined,
        maxTtlSeconds: undefined,
      },
      defaultAvatar: ["mp"],
      defaultUrls: [],
      upstreams: [],
      publicBaseUrl: undefined,
      limits: { maxUploadBytes: 10_485_760, maxSide: 8_192, maxPixels: 16_777_216 },
      keepRevisions: 1,
      keepSource: true,
      avif: false,
    });
  });

  it.for([
    ["JWT_ALGS", "HS256,HS512", { tokens: { algorithms: ["HS256", "HS512"] } }],
    ["JWT_ALGS", ["HS384"], { tokens: { algorithms: ["HS384"] } }],
    ["JWT_SECRET", " é", { tokens: { keys: [{ kid: undefined, secret: bytes(" é") }] } }],
    ["JWT_SECRETS", '{"a":"b","c":"d"}', { tokens: { keys: [{ kid: "a", secret: bytes("b") }, { kid: "c" }] } }],
    ["JWT_SECRETS", { a: "b" }, { tokens: { keys: [{ kid: "a", secret: bytes("b") }] } }],
    ["JWT_ALLOW_URL", 0, { tokens: { allowUrl: false } }],
    ["JWT_ALLOW_URL", "0", { tokens: { allowUrl: false } }],
    ["JWT_ALLOW_URL", "", { tokens: { allowUrl: true } }],
    ["JWT_AUDIENCE", "avatars", { tokens: { audiences: ["avatars"] } }],
    ["JWT_AUDIENCE", ["a", "b"], { tokens: { audiences: ["a", "b"] } }],
    ["JWT_ISSUER", "https://id.test", { tokens: { issuers: ["https://id.test"] } }],
    ["JWT_MAX_TTL", "3600", { tokens: { maxTtlSeconds: 3_600 } }],
    ["DEFAULT_AVATAR", 404, { defaultAvatar: ["404"] }],
    ["DEFAULT_AVATAR", "initials,identicon", { defaultAvatar: ["initials", "identicon"] }],
    ["UPSTREAMS", "libravatar, gravatar", { upstreams: ["libravatar", "gravatar"] }],
    ["PUBLIC_BASE_URL", "https://Avatars.example.com/", { publicBaseUrl: "https://avatars.example.com" }],
    ["PUBLIC_BASE_URL", "http://127.0.0.1:8787/x//", { publicBaseUrl: "http://127.0.0.1:8787/x" }],
    ["AVATAR_MAX_UPLOAD_BYTES", 1, { limits: { maxUploadBytes: 1 } }],
    ["AVATAR_MAX_SIDE", "100", { limits: { maxSide: 100 } }],
    ["AVATAR_MAX_PIXELS", 10_000, { limits: { maxPixels: 10_000 } }],
    ["KEEP_REVS", 0, { keepRevisions: 0 }],
    ["KEEP_SOURCE", "0", { keepSource: false }],
    ["AVATAR_AVIF", "1", { avif: true }],
    ["DEFAULT_URL_ALLOW", '[{"scheme":"https","host":"a.test"}]', { defaultUrls: [{ hostname: "a.test" }] }],
  ] as const)("reads %s %j", ([name, value, config], { expect }) => {
    expect(readAvatarConfig({ [name]: value })).toMatchObject(config);
  });

  it.for([
    ["JWT_ALGS", "none"],
    ["JWT_ALGS", "HS256,RS256"],
    ["JWT_ALGS", "hs256"],
    ["JWT_ALGS", []],
    ["JWT_SECRET", 12_345_678],
    ["JWT_SECRETS", "a-secret-without-a-name"],
    ["JWT_SECRETS", ["a"]],
    ["JWT_SECRETS", { a: 5 }],
    ["JWT_SECRETS", { a: null }],
    ["JWT_ALLOW_URL", "maybe"],
    ["JWT_AUDIENCE", []],
    ["JWT_AUDIENCE", [""]],
    ["JWT_AUDIENCE", ","],
    ["JWT_ISSUER", { a: 1 }],
    ["JWT_MAX_TTL", "1h"],
    ["JWT_MAX_TTL", -1],
    ["JWT_MAX_TTL", 0],
    ["DEFAULT_AVATAR", "mystery-man"],
    ["DEFAULT_AVATAR", []],
    ["DEFAULT_AVATAR", "mp,mp,mp,mp,mp"],
    ["DEFAULT_AVATAR", 405],
    ["DEFAULT_URL_ALLOW", "https://example.com"],
    ["DEFAULT_URL_ALLOW", { scheme: "https", host: "a.test" }],
    ["DEFAULT_URL_ALLOW", [{ scheme: "https" }]],
    ["DEFAULT_URL_ALLOW", [{ scheme: "https", host: "exa mple" }]],
    ["UPSTREAMS", "google"],
    ["PUBLIC_BASE_URL", "avatars.example.com"],
    ["PUBLIC_BASE_URL", "ftp://avatars.example.com"],
    ["PUBLIC_BASE_URL", "https://user@avatars.example.com"],
    ["PUBLIC_BASE_URL", "https://avatars.example.com/?a=b"],
    ["PUBLIC_BASE_URL", "https://avatars.example.com\r\nx: y"],
    ["AVATAR_MAX_UPLOAD_BYTES", 0],
    ["AVATAR_MAX_SIDE", "8k"],
    ["AVATAR_MAX_PIXELS", 1.5],
    ["KEEP_REVS", 11],
    ["KEEP_SOURCE", 2],
    ["AVATAR_AVIF", "always"],
  ] as const)("stops the start, naming it, where %s is %j", ([name, value], { expect }) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`Cannot start: ${name}`);
  });

  it("shows no secret in what it says", ({ expect }) => {
    const read = () => readConfig({ JWT_SECRETS: "a-secret-without-a-name" });
    expect(read).not.toThrow("a-secret");
  });
});

describe("readLimiters()", () => {
  const binding = { limit: async () => ({ success: true }) };

  it("takes the bindings that are there", ({ expect }) => {
    expect(readLimiters({ RL_WRITE: binding })).toEqual({ write: binding, authFail: undefined, generate: undefined });
  });

  it.for(["RL_WRITE", "RL_AUTH_FAIL", "RL_GENERATE"])("stops the start where %s is a number", (name, { expect }) => {
    expect(() => readLimiters({ [name]: 10 })).toThrow(`Cannot start: ${name}`);
  });
});
