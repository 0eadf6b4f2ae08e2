import { describe, it, vi } from "vitest";
import { parseId } from "../../src/avatar/identity.ts";
import type { Permission } from "../../src/avatar/permission.ts";
import { type Limiters, limitAuthFail, limitGenerate, limitWrite } from "../../src/avatar/rate-limit.ts";
import { rejectionOf } from "../support/refusal.ts";
import { ALICE, BOB } from "../support/token.ts";

const none: Limiters = { write: undefined, authFail: undefined, generate: undefined };
const [alice, bob] = [ALICE, BOB].map(parseId);
const permission = (ids: Permission["ids"]): Permission => ({
  scopes: new Set(),
  ids,
  bodySha256: undefined,
  once: undefined,
});

/** So many of each key, and then no more. */
function counting(most: number) {
  const counts: Record<string, number> = {};
  const limit = async ({ key }: { key: string }) => {
    counts[key] = (counts[key] ?? 0) + 1;
    return { success: counts[key] <= most };
  };
  return { counts, limit };
}

const from = (address: string | undefined) =>
  new Request("https://pics.test/", { headers: address === undefined ? {} : { "cf-connecting-ip": address } });

describe("limitWrite()", () => {
  it("counts by the first avatar of the token, whichever is written", async ({ expect }) => {
    const write = counting(2);
    const both = permission(new Set([alice, bob]));
    await limitWrite({ ...none, write }, both, bob);
    await limitWrite({ ...none, write }, both, alice);
    expect(await rejectionOf(limitWrite({ ...none, write }, both, bob))).toEqual([429, "rate_limited"]);
    expect(write.counts).toEqual({ [ALICE]: 3 });
  });

  it("counts by the avatar where the token is for all", async ({ expect }) => {
    const write = counting(1);
    await limitWrite({ ...none, write }, permission("*"), alice);
    await limitWrite({ ...none, write }, permission("*"), bob);
    expect(write.counts).toEqual({ [ALICE]: 1, [BOB]: 1 });
  });

  it("says when to try again", async ({ expect }) => {
    const refused = limitWrite({ ...none, write: counting(0) }, permission("*"), alice);
    await expect(refused).rejects.toMatchObject({ headers: { "retry-after": "60" } });
  });
});

describe.for([
  ["limitAuthFail()", limitAuthFail, "authFail"],
  ["limitGenerate()", limitGenerate, "generate"],
] as const)("%s", ([, limit, name]) => {
  it("counts by the address that Cloudflare saw", async ({ expect }) => {
    const limiter = counting(1);
    const limiters = { ...none, [name]: limiter };
    await limit(limiters, from("192.0.2.1"));
    await limit(limiters, from("192.0.2.2"));
    expect(await rejectionOf(limit(limiters, from("192.0.2.1")))).toEqual([429, "rate_limited"]);
  });

  it("counts an IPv6 network of 64 bits as one", async ({ expect }) => {
    const limiter = counting(1);
    const limiters = { ...none, [name]: limiter };
    await limit(limiters, from("2001:db8:1:2::1"));
    await limit(limiters, from("2001:db8:1:3::1"));
    expect(await rejectionOf(limit(limiters, from("2001:db8:1:2:ffff::2")))).toEqual([429, "rate_limited"]);
  });

  it("does not count where no address is known", async ({ expect }) => {
    const limiter = counting(0);
    await limit({ ...none, [name]: limiter }, from(undefined));
    expect(limiter.counts).toEqual({});
  });
});

it("without bindings nothing is limited", async ({ expect }) => {
  const answers = [limitWrite(none, permission("*"), alice), limitAuthFail(none, from("::1"))];
  expect(await Promise.all([...answers, limitGenerate(none, from("192.0.2.1"))])).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("a limiter that fails lets everything through, and says so in the log", async ({ expect }) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const write = { limit: () => Promise.reject(new Error("out of order")) };
  await limitWrite({ ...none, write }, permission("*"), alice);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("rate_limiter_failed"));
  warn.mockRestore();
});
