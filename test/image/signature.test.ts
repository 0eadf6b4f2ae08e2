import { expect, it } from "vitest";
import { canonicalQuery } from "../../src/image/canonical-query.ts";
import { readParameters } from "../../src/image/parameters.ts";
import { sign, verifySignature } from "../../src/image/signature.ts";

const LIMITS = { maxParameters: 64 };
const parse = (query: string, remainder = "") => readParameters(remainder, new URLSearchParams(query), LIMITS);

/** picfit.md 3: key, canonical text, signature. */
const VECTORS = [
  ["abcdef", "x=1&y=2&z=3", "c9516346abf62876b6345817dba2f9a0c797ef26"],
  ["abcdef", "h=100&op=resize&path=avatar.png&w=100", "dd292d158d6eb417a09195e300a4b32b3ed52cab"],
  ["abcdef", "op=resize&path=avatar.png&w=100", "041170bbe9269a48c8e6a56353a22c339011f22a"],
  ["abcdef", "h=0&op=resize&path=avatar.png&w=100", "ad8f29593d7c170bfc9d534d9d97fa74a701477b"],
  ["abcdef", "force=1&h=100&op=resize&path=avatar.png&w=100", "bc58d7d8ad4fde61d26b63bd0a0528d362ca3e60"],
  [
    "abcdef",
    "h=50&op=resize&op=op%3Arotate+deg%3A90&path=sub%2Fdir%2Fx.png&w=100",
    "dd047558e8a8a8fa75a2f52c414106489f928b24",
  ],
  ["abcdef", "op=resize&path=name+with+space.png&w=100", "3a7f0fd821b029500a05f091d823cc135a881be1"],
  ["abcdef", "fmt=webp&h=0&op=resize&path=blog%3Aab_C-1.jpg&w=250", "bbc47282fdeb8123807d0be85ebcbc42744c14ac"],
  ["abcdef", "op=noop&path=%C3%A9~%2A%28%29.png", "74e448eb55e4bdd0770b2c53b684bdbf52810669"],
  ["s3cr3t/+=", "fmt=jpg&op=flip&path=a.png&pos=h", "62fce3114715e3c67b2dd6be77a90356cfe5d4fb"],
  ["abcdef", "h=30&op=thumbnail&path=bidule.jpg&w=30", "5470bc2c899ba9bb5f593ee775e67c0a85da245e"],
  ["abcdef", "h=100&op=resize&w=100", "954eec9dfa9390f8f4264e15bb95f5f54e6fe953"],
] as const;

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
