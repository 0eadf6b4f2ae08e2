import { env } from "cloudflare:test";
import { describe, it } from "vitest";
import { admit, admitUpload, type Guard } from "../../src/avatar/entrance.ts";
import { parseId } from "../../src/avatar/identity.ts";
import type { Limiters } from "../../src/avatar/rate-limit.ts";
import { readAvatarConfig, readLimiters } from "../../src/env-avatar.ts";
import { sha256Hex } from "../../src/platform/crypto.ts";
import type { Env } from "../../src/var.ts";
import { rejectionOf } from "../support/refusal.ts";
import { ALICE, BOB, EXP, SECRET, signToken } from "../support/token.ts";

const id = parseId(ALICE);
const PICTURE = Uint8Array.of(1, 2, 3);
const GOOD = signToken({ hash: ALICE, exp: EXP });
const OPEN: Limiters = { write: undefined, authFail: undefined, generate: undefined };

function guardOf(vars: Env = {}, limiters: Partial<Limiters> = {}): Guard {
  const { tokens, limits } = readAvatarConfig({ JWT_SECRET: SECRET, ...vars });
  return { tokens, limits, limiters: { ...OPEN, ...limiters }, clock: { now: () => 1_800_000_000_000 } };
}

/** Lets nobody through, and remembers who asked. */
const closed = () => {
  const keys: string[] = [];
  return { keys, limit: async ({ key }: { key: string }) => ({ success: keys.push(key) < 0 }) };
};

interface Sending {
  readonly token?: string | undefined;
  readonly query?: string;
  readonly type?: string;
  readonly body?: BodyInit;
}

const requestOf = ({ token, query = "", type, body = PICTURE }: Sending) =>
  new Request(`https://pics.test/${ALICE}${query}`, {
    method: "POST",
    body,
    headers: {
      "cf-connecting-ip": "192.0.2.1",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(type === undefined ? {} : { "content-type": type }),
    },
  });

const formOf = (token: string | undefined): FormData => {
  const form = new FormData();
  form.append("avatar", new File([PICTURE], "a.png"));
  if (token !== undefined) form.append("token", token);
  return form;
};

const png = { type: "image/png" };
/** A body that must not be read. */
const unread = () =>
  new ReadableStream({ pull: (controller) => controller.error(new Error("was read")) }, { highWaterMark: 0 });

describe("admitUpload()", () => {
  it.for<[string, Sending]>([
    ["a token in the header", { ...png, token: GOOD }],
    ["a token in the URL", { ...png, query: `?token=${GOOD}` }],
    ["a token in the form", { body: formOf(GOOD) }],
    ["a token in the header and another in the form", { token: GOOD, body: formOf("x") }],
  ])("takes %s", async ([, sending], { expect }) => {
    const { upload, permission } = await admitUpload(requestOf(sending), id, guardOf());
    expect(upload.bytes).toEqual(PICTURE);
    expect([...permission.ids]).toEqual([ALICE]);
  });

  it.for<[string, Sending, Env, number, string]>([
    ["no token", png, {}, 401, "missing_token"],
    ["no token in a form", { body: formOf(undefined) }, {}, 401, "missing_token"],
    ["a bad token in a form", { body: formOf("x.y.z") }, {}, 401, "invalid_token"],
    ["a bad token in the header, a good one in the form", { token: "x", body: formOf(GOOD) }, {}, 401, "invalid_token"],
    ["a form's token where that is switched off", { body: formOf(GOOD) }, { JWT_ALLOW_URL: "0" }, 401, "missing_token"],
    [
      "a URL's token where that is switched off",
      { query: `?token=${GOOD}` },
      { JWT_ALLOW_URL: 0 },
      401,
      "missing_token",
    ],
    ["a token for another avatar", { ...png, token: signToken({ hash: BOB, exp: EXP }) }, {}, 403, "hash_mismatch"],
    [
      "a token to delete",
      { token: signToken({ hash: ALICE, exp: EXP, scope: "avatar:delete" }) },
      {},
      403,
      "insufficient_scope",
    ],
    ["no key", { ...png, token: GOOD }, { JWT_SECRET: "" }, 503, "auth_not_configured"],
    ["no key, and no token", png, { JWT_SECRET: "" }, 503, "auth_not_configured"],
    ["no key, and a form", { body: formOf(GOOD) }, { JWT_SECRET: "short" }, 503, "auth_not_configured"],
  ])("refuses %s", async ([, sending, vars, status, code], { expect }) => {
    expect(await rejectionOf(admitUpload(requestOf(sending), id, guardOf(vars)))).toEqual([status, code]);
  });

  it.for<[string, Sending, string]>([
    ["is missing", png, "missing_token"],
    ["is bad", { ...png, token: "x.y.z" }, "invalid_token"],
    ["is for another", { ...png, token: signToken({ hash: BOB, exp: EXP }) }, "hash_mismatch"],
    ["is bad beside a form", { type: "multipart/form-data; boundary=b", token: "x.y.z" }, "invalid_token"],
  ])("reads nothing where the token %s", async ([, sending, code], { expect }) => {
    const answer = await rejectionOf(admitUpload(requestOf({ ...sending, body: unread() }), id, guardOf()));
    expect(answer).toEqual([expect.any(Number), code]);
  });

  it("reads no form where no key is configured, or tokens have no place in it", async ({ expect }) => {
    const sending = { type: "multipart/form-data; boundary=b" };
    const answer = (vars: Env) =>
      rejectionOf(admitUpload(requestOf({ ...sending, body: unread() }), id, guardOf(vars)));
    expect(await answer({ JWT_SECRET: "" })).toEqual([503, "auth_not_configured"]);
    expect(await answer({ JWT_ALLOW_URL: 0 })).toEqual([401, "missing_token"]);
  });

  it("holds the picture against bsha256", async ({ expect }) => {
    const token = signToken({ hash: ALICE, exp: EXP, bsha256: await sha256Hex(PICTURE) });
    const url = `data:;base64,${Buffer.from(PICTURE).toString("base64")}`;
    const sent: Sending[] = [
      { ...png, token },
      { token, body: formOf(undefined) },
      { type: "text/plain", body: url, token },
    ];
    for (const sending of sent)
      expect(await rejectionOf(admitUpload(requestOf(sending), id, guardOf()))).toHaveProperty("upload");
    const other = requestOf({ ...png, token, body: Uint8Array.of(1, 2, 4) });
    expect(await rejectionOf(admitUpload(other, id, guardOf()))).toEqual([403, "body_mismatch"]);
  });

  it("counts the bytes of the body", async ({ expect }) => {
    const guard = guardOf({ AVATAR_MAX_UPLOAD_BYTES: 2 });
    expect(await rejectionOf(admitUpload(requestOf({ ...png, token: GOOD }), id, guard))).toEqual([
      413,
      "body_too_large",
    ]);
    expect(await rejectionOf(admitUpload(requestOf({ body: formOf(GOOD) }), id, guard))).toEqual([
      413,
      "body_too_large",
    ]);
  });
});

describe("rates", () => {
  const wish = { scope: "avatar:write", ids: [id] } as const;

  it("a write above its rate is 429, before the body is read", async ({ expect }) => {
    const write = closed();
    const request = requestOf({ ...png, token: GOOD, body: unread() });
    expect(await rejectionOf(admitUpload(request, id, guardOf({}, { write })))).toEqual([429, "rate_limited"]);
    expect(write.keys).toEqual([ALICE]);
  });

  it("a refused token counts by address, and too many are 429", async ({ expect }) => {
    const authFail = closed();
    for (const token of [undefined, "x.y.z", signToken({ hash: ALICE, exp: 1 })])
      expect(await rejectionOf(admit(requestOf({ token }), wish, guardOf({}, { authFail })))).toEqual([
        429,
        "rate_limited",
      ]);
    expect(authFail.keys).toEqual(["192.0.2.1", "192.0.2.1", "192.0.2.1"]);
  });

  it("a good token passes although its address had too many bad ones", async ({ expect }) => {
    const authFail = closed();
    const answer = await rejectionOf(admit(requestOf({ token: GOOD }), wish, guardOf({}, { authFail })));
    expect(answer).toHaveProperty("scopes");
    expect(authFail.keys).toEqual([]);
  });

  it("a token that does not allow this uses up no writes, and is no bad token", async ({ expect }) => {
    const [write, authFail] = [closed(), closed()];
    const token = signToken({ hash: BOB, exp: EXP });
    const answer = await rejectionOf(admit(requestOf({ token }), wish, guardOf({}, { write, authFail })));
    expect(answer).toEqual([403, "hash_mismatch"]);
    expect([write.keys, authFail.keys]).toEqual([[], []]);
  });

  it("the list is no write", async ({ expect }) => {
    const token = signToken({ exp: EXP, scope: "avatar:list" });
    const list = { scope: "avatar:list", ids: [] } as const;
    expect(await rejectionOf(admit(requestOf({ token }), list, guardOf({}, { write: closed() })))).toHaveProperty(
      "scopes",
    );
  });

  it("the bindings of wrangler.toml let 10 writes a minute through, and 20 bad tokens", async ({ expect }) => {
    const { write, authFail } = readLimiters(env as unknown as Env);
    const passed = async (limiter: typeof write, calls: number) => {
      const key = crypto.randomUUID();
      const answers = await Promise.all(Array.from({ length: calls }, () => limiter?.limit({ key })));
      return answers.filter((answer) => answer?.success).length;
    };
    // Should a minute end in between, twice as many pass.
    expect([10, 20]).toContain(await passed(write, 21));
    expect([20, 40]).toContain(await passed(authFail, 41));
  });
});
