import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { readParameters } from "../../src/image/parameters.ts";
import { sign } from "../../src/image/signature.ts";
import { corners, encode } from "../support/drawings.ts";
import { service } from "../support/service.ts";

const SECRET_KEY = "abcdef";
const signed = service({ SECRET_KEY });

beforeAll(async () => {
  await env.SOURCE.put("avatar.png", await encode(corners(300, 200), "png"));
  await env.SOURCE.put("blog:ab_C-1.jpg", await encode(corners(300, 200), "jpg"));
});

it.for([
  "/display?w=100&h=100&op=resize&path=avatar.png&sig=dd292d158d6eb417a09195e300a4b32b3ed52cab",
  "/display/041170bbe9269a48c8e6a56353a22c339011f22a/resize/100x/avatar.png",
  "/display/ad8f29593d7c170bfc9d534d9d97fa74a701477b/resize/100x0/avatar.png",
  "/display/resize/100x/avatar.png?sig=041170bbe9269a48c8e6a56353a22c339011f22a",
  "/display?force=1&w=100&h=100&op=resize&path=avatar.png&sig=bc58d7d8ad4fde61d26b63bd0a0528d362ca3e60",
  "/display?fmt=webp&h=0&op=resize&path=blog:ab_C-1.jpg&w=250&sig=bbc47282fdeb8123807d0be85ebcbc42744c14ac",
  "/get?w=100&h=100&op=resize&path=avatar.png&sig=dd292d158d6eb417a09195e300a4b32b3ed52cab",
] as const)("serves %s", async (url) => {
  expect((await signed.fetch(url)).status).toBe(200);
});

it.for([
  "/display?w=100&h=100&op=resize&path=avatar.png",
  "/display?w=100&h=100&op=resize&path=avatar.png&sig=c9516346abf62876b6345817dba2f9a0c797ef26",
  "/display?w=100&h=100&op=resize&path=avatar.png&sig=DD292D158D6EB417A09195E300A4B32B3ED52CAB",
  "/display?w=100&h=100&op=resize&path=avatar.png&q=10&sig=dd292d158d6eb417a09195e300a4b32b3ed52cab",
  "/display/resize/100x100/avatar.png",
  "/get/resize/100x100/avatar.png",
  "/redirect/resize/100x100/avatar.png",
] as const)("refuses %s, whatever else is wrong with it", async (url) => {
  const response = await signed.fetch(url);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code: "invalid_signature", detail: "Invalid signature" });
});

it("checks the signature before the options", async () => {
  expect((await signed.fetch("/display?op=nope&w=x")).status).toBe(401);
});

it("takes either of two keys", async () => {
  const url = "/display?w=100&h=100&op=resize&path=avatar.png&sig=dd292d158d6eb417a09195e300a4b32b3ed52cab";
  expect((await service({ SECRET_KEY: '["new", "abcdef"]' }).fetch(url)).status).toBe(200);
  expect((await service({ SECRET_KEY: ["new"] }).fetch(url)).status).toBe(401);
});

it.for(["", "  ", "[]", '["a", ""]', '["a","b","c","d","e"]'])("does not start with SECRET_KEY %j", async (key) => {
  const response = await service({ SECRET_KEY: key }).fetch("/display/avatar.png");
  expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
    500,
    expect.stringContaining("SECRET_KEY"),
  ]);
});

it("touches nothing for a refused request", async () => {
  const touched: string[] = [];
  const spy = (name: string) => new Proxy({}, { get: (_, method) => () => touched.push(`${name}.${String(method)}`) });
  const refused = service({ SECRET_KEY, SOURCE: spy("source"), DESTINATION: spy("destination"), KEYS: spy("keys") });
  expect((await refused.fetch("/display/resize/10x10/avatar.png")).status).toBe(401);
  expect(touched).toEqual([]);
});

it("signs an expiry", async () => {
  const query = async (exp: number) => {
    const parameters = new URLSearchParams(`path=avatar.png&op=resize&w=10&exp=${exp}`);
    const sig = await sign(readParameters("", parameters, { maxParameters: 64 }), SECRET_KEY);
    return `/display?${parameters}&sig=${sig}`;
  };
  expect((await signed.fetch(await query(4_000_000_000))).status).toBe(200);
  expect((await signed.fetch(await query(1_000_000_000))).status).toBe(401);
});

describe("signed requests (G2, G3)", () => {
  const SIG = "dd292d158d6eb417a09195e300a4b32b3ed52cab";
  const query = "w=100&h=100&op=resize&path=avatar.png";

  it.for([
    ["the order of names", `/display?path=avatar.png&op=resize&h=100&w=100&sig=${SIG}`, 200],
    ["another spelling of the same characters", `/display?%77=10%30&h=100&op=resize&path=avatar%2Epng&sig=${SIG}`, 200],
    [
      "sig in path and query: the query's counts",
      `/display/${SIG}/resize/100x100/avatar.png?sig=${"0".repeat(40)}`,
      401,
    ],
    ["sig twice", `/display?${query}&sig=${SIG}&sig=${SIG}`, 400],
    ["sig twice, the second one right", `/display?${query}&sig=x&sig=${SIG}`, 400],
    ["w twice", `/display?${query}&w=9&sig=${SIG}`, 400],
    ["path twice", `/display?${query}&path=other.png&sig=${SIG}`, 400],
    ["url twice", `/display?${query}&url=a&url=b&sig=${SIG}`, 400],
    ["an operation more", `/display?${query}&op=rotate&sig=${SIG}`, 401],
    ["force", `/display?${query}&force=1&sig=${SIG}`, 401],
    ["a url", `/display?${query}&url=https://example.com/a.png&sig=${SIG}`, 401],
    ["a format", `/display?${query}&fmt=webp&sig=${SIG}`, 401],
    ["an expiry", `/display?${query}&exp=4000000000&sig=${SIG}`, 401],
    ["a name that ends in sig", `/display?${query}&xsig=1&sig=${SIG}`, 401],
    ["a name without a value", `/display?${query}&x&sig=${SIG}`, 401],
    ["an empty name", `/display?${query}&=&sig=${SIG}`, 401],
    ["sig[]", `/display?${query}&sig[]=${SIG}`, 401],
    ["SIG", `/display?${query}&SIG=${SIG}`, 401],
    ["a space before the digits", `/display?${query}&sig=+${SIG}`, 401],
    ["a line end behind the digits", `/display?${query}&sig=${SIG}%0A`, 401],
    ["NUL behind the digits", `/display?${query}&sig=${SIG}%00`, 401],
    ["digits of another script", `/display?${query}&sig=${SIG.replaceAll("9", "%EF%BC%99")}`, 401],
    ["an empty sig", `/display?${query}&sig=`, 401],
    ["64 digits", `/display?${query}&sig=${SIG}${SIG.slice(0, 24)}`, 401],
    ["__proto__", `/display?${query}&__proto__=1&sig=${SIG}`, 401],
  ] as const)("%s", async ([, path, status]) => {
    expect((await signed.fetch(path)).status).toBe(status);
  });
});
