import { expect, it } from "vitest";
import { canonicalQuery } from "../../src/image/canonical-query.ts";
import { readParameters } from "../../src/image/parameters.ts";
import { sign, verifySignature } from "../../src/image/signature.ts";
import { VECTORS } from "../support/picfit-signatures.ts";

const LIMITS = { maxParameters: 64 };
const parse = (query: string, remainder = "") => readParameters(remainder, new URLSearchParams(query), LIMITS);

it.for(VECTORS)("sign() with %s of %s is %s", async ([key, text, signature]) => {
  expect(canonicalQuery(parse(text))).toBe(text);
  expect(await sign(parse(text), key)).toBe(signature);
});

it("canonicalQuery() of the path form equals the query form's", () => {
  expect(canonicalQuery(parse("", "resize/100x/avatar.png"))).toBe("op=resize&path=avatar.png&w=100");
  expect(canonicalQuery(parse("", "resize/100x0/avatar.png"))).toBe("h=0&op=resize&path=avatar.png&w=100");
  expect(canonicalQuery(parse("op=op:rotate+deg:90", "resize/100x50/sub/dir/x.png"))).toBe(VECTORS[5][1]);
});

it("canonicalQuery() leaves out the parameter named sig and nothing that merely ends in it", () => {
  expect(canonicalQuery(parse("sig=1&xsig=2&op=noop"))).toBe("op=noop&xsig=2");
});

it("canonicalQuery() sorts by bytes, not by UTF-16 units", () => {
  expect(canonicalQuery(parse("\u{10000}=1&\uFFFD=2"))).toBe("%EF%BF%BD=2&%F0%90%80%80=1");
});

const policy = { keys: ["abcdef"], algorithm: "SHA-1" } as const;
const signed = `${VECTORS[1][1]}&sig=${VECTORS[1][2]}`;
const check = (query: string, keys: readonly string[] = policy.keys) =>
  verifySignature(parse(query), { ...policy, keys }, 1_000);

it("verifySignature() accepts a signature made with any of the keys", async () => {
  await check(signed);
  await check(signed, ["new", "abcdef"]);
});

it("verifySignature() asks nothing when there is no key", async () => {
  await check("op=noop&path=a", []);
});

it("verifySignature() accepts the path form's signature", async () => {
  const parameters = parse("", "041170bbe9269a48c8e6a56353a22c339011f22a/resize/100x/avatar.png");
  await verifySignature(parameters, policy, 0);
});

it.for([
  ["a missing signature", VECTORS[1][1]],
  ["upper-case hex", signed.replace(VECTORS[1][2], VECTORS[1][2].toUpperCase())],
  ["a cut signature", signed.slice(0, -1)],
  ["an empty signature", `${VECTORS[1][1]}&sig=`],
  ["another parameter", `${signed}&force=1`],
  ["a changed value", signed.replace("w=100", "w=101")],
  ["the unsorted text's signature", "w=100&h=100&op=resize&sig=6f7a667559990dee9c30fb459b88c23776fad25e"],
  ["a signature for another operation list", `${signed}&op=op:rotate+deg:90`],
] as const)("verifySignature() refuses %s", async ([, query]) => {
  await expect(check(query)).rejects.toMatchObject({ status: 401, code: "invalid_signature" });
});

it("verifySignature() refuses a repeated name, of which only the first would be signed", async () => {
  await expect(check(`${signed}&w=9000`)).rejects.toMatchObject({ status: 400, code: "duplicate_parameter" });
  await expect(check(`${signed}&sig=${VECTORS[1][2]}`)).rejects.toMatchObject({ status: 400 });
});

it("verifySignature() holds exp against the clock", async () => {
  const query = async (exp: string) =>
    `op=noop&path=a&exp=${exp}&sig=${await sign(parse(`op=noop&path=a&exp=${exp}`), "abcdef")}`;
  await check(await query("1001"));
  await expect(check(await query("1000"))).rejects.toMatchObject({ status: 401, code: "signature_expired" });
  await expect(check(await query("soon"))).rejects.toMatchObject({ status: 400, code: "invalid_parameter" });
});

it("verifySignature() with sha256 takes 64 digits", async () => {
  const sha256 = { keys: ["abcdef"], algorithm: "SHA-256" } as const;
  const signature = await sign(parse("op=noop&path=a"), "abcdef", "SHA-256");
  expect(signature).toHaveLength(64);
  await verifySignature(parse(`op=noop&path=a&sig=${signature}`), sha256, 0);
  await expect(verifySignature(parse(signed), sha256, 0)).rejects.toMatchObject({ status: 401 });
});
