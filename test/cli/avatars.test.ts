import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { edgefit, OWNER, printed, workerUrl } from "./support/edgefit.ts";
import { png, sizeOf } from "./support/picture.ts";
import { SECRETS } from "./support/secrets.ts";

const digest = (algorithm: string, text: string | Uint8Array) => createHash(algorithm).update(text).digest("hex");

const folder = await mkdtemp(join(tmpdir(), "edgefit-cli-"));
afterAll(() => rm(folder, { recursive: true }));
const [red, blue] = [join(folder, "red.png"), join(folder, "blue.png")];
await writeFile(red, png(200, 100, [255, 0, 0]));
await writeFile(blue, png(100, 200, [0, 0, 255]));

/** Sends `file` as `id` with a token. */
const upload = (id: string, file: string, token: string) =>
  readFile(file).then((body) =>
    fetch(`${workerUrl}/${id}`, { method: "POST", body, headers: { authorization: `Bearer ${token}` } }),
  );

describe("edgefit token", () => {
  it("is good for the avatar that it names, and no other", async () => {
    const token = await printed(["token", " Carol@Example.com"]);
    const id = digest("sha256", "carol@example.com");
    expect((await upload(id, red, token)).status).toBe(201);
    expect((await upload(digest("sha256", "dave@example.com"), red, token)).status).toBe(403);
    expect(Math.abs((decodeJwt(token).exp ?? 0) - Date.now() / 1000 - 300)).toBeLessThan(60);
  });

  it("is good for one picture, once", async () => {
    const id = digest("md5", "carol@example.com");
    const token = await printed(["token", id, "--once", "--body", red]);
    expect((await upload(id, blue, token)).status).toBe(403);
    expect((await upload(id, red, token)).status).toBe(201);
    expect((await upload(id, red, token)).status).toBe(401);
  });

  it("lists, and changes all", async () => {
    const list = (token: string) =>
      fetch(`${workerUrl}/api/avatars`, { headers: { authorization: `Bearer ${token}` } });
    expect((await list(await printed(["token", "--scope", "avatar:list"]))).status).toBe(200);
    const admin = await printed(["token", "--all", "--scope", "avatar:admin"]);
    expect([(await list(admin)).status, (await upload(digest("sha1", "x"), red, admin)).status]).toEqual([200, 201]);
  });

  it("says what it was told", async () => {
    const args = [
      "a@x.test",
      "b@x.test",
      "--audience",
      "avatars",
      "--issuer",
      "me",
      "--kid",
      "2027",
      "--algorithm",
      "HS512",
    ];
    const { token, claims } = JSON.parse(
      await printed([
        "token",
        ...args,
        "--scope",
        "avatar:write",
        "--scope",
        "avatar:delete",
        "--expires",
        "1d",
        "--json",
      ]),
    );
    expect(decodeProtectedHeader(token)).toEqual({ alg: "HS512", typ: "JWT", kid: "2027" });
    expect(decodeJwt(token)).toEqual({
      hash: [digest("sha256", "a@x.test"), digest("sha256", "b@x.test")],
      ...{ aud: "avatars", iss: "me", scope: "avatar:write avatar:delete", exp: claims.exp },
    });
  });

  it.for([
    [["someone"], OWNER, 2, "Cannot tell whose avatar someone is"],
    [[], OWNER, 2, "expected ID|EMAIL"],
    [["a@x.test", "--scope", "avatar:all"], OWNER, 2, "Cannot allow avatar:all"],
    [["--all"], OWNER, 2, "avatar:admin"],
    [["a@x.test", "--algorithm", "none"], OWNER, 2, "Cannot sign by none"],
    [["a@x.test", "--body", "/nowhere"], OWNER, 1, "/nowhere"],
    [["a@x.test"], {}, 2, "EDGEFIT_JWT_SECRET"],
    [["a@x.test"], { EDGEFIT_JWT_SECRET: "short" }, 1, "5 bytes"],
  ] as const)("%j is refused", async ([args, env, code, message]) => {
    const ended = await edgefit(["token", ...args], { env });
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain(message);
  });
});

describe("edgefit put, get, rm", () => {
  const email = "Erin@Example.com";
  const ids = ["sha256", "sha1", "md5"].map((algorithm) => digest(algorithm, "erin@example.com"));

  it("an avatar comes and goes, by all of its ids", async () => {
    expect(await printed(["put", email, red, "--name", "Erin", "--crop", "0,0,50,50"])).toMatch(/: created, revision /);
    expect(await printed(["put", email, blue, "--rating", "pg"])).toMatch(/: replaced, revision /);
    for (const id of ids) {
      const known = JSON.parse(await printed(["get", id, "--json"]));
      expect(known).toMatchObject({ hash: id, rating: "pg" });
      expect([...known.ids].sort()).toEqual([...ids].sort());
    }
    expect(await printed(["get", email])).toContain("rating: pg");
    const file = join(folder, "got.png");
    expect(await printed(["get", ids[1], file, "--size", "32", "--format", "png"])).toMatch(
      /got\.png: \d+ bytes, image\/png/,
    );
    expect(sizeOf(await readFile(file))).toBe("32x32");
    const { out } = await edgefit(["get", email, "-", "--size", "16", "--format", "svg", "--default", "identicon"]);
    expect(out.length).toBeGreaterThan(0);
    expect(await printed(["rm", ids[2]])).toBe(`${ids[2]}: deleted`);
    expect(await edgefit(["get", email])).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("404 not_found"),
    });
    expect(await edgefit(["get", email, join(folder, "none.png")])).toMatchObject({ code: 1 });
    expect((await printed(["get", email, join(folder, "drawn.png"), "--default", "retro"])).length).toBeGreaterThan(0);
  });

  it("takes a token that was made elsewhere", async () => {
    const env = { EDGEFIT_URL: workerUrl, EDGEFIT_TOKEN: await printed(["token", ids[2]]) };
    expect(await printed(["put", ids[2], red], { env })).toContain("created");
    expect(await edgefit(["rm", ids[0]], { env })).toMatchObject({
      code: 1,
      err: expect.stringContaining("403 hash_mismatch"),
    });
  });

  it("says what the Worker says", async () => {
    const env = { ...OWNER, EDGEFIT_JWT_SECRET: `${SECRETS.JWT_SECRET}x` };
    const refused = await edgefit(["put", email, red], { env });
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("401 invalid_token")]);
    expect((await edgefit(["put", email, "/nowhere.png"])).err).toContain("Cannot read /nowhere.png");
    expect((await edgefit(["get", email, "--size", "0"])).code).toBe(0 + 2);
    expect(await edgefit(["get", email, join(folder, "absent/a.png"), "--default", "retro"])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Cannot write ${join(folder, "absent/a.png")}: ENOENT`),
    });
    const gone = await edgefit(["rm", email], { env: { ...OWNER, EDGEFIT_URL: "http://127.0.0.1:1" } });
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining("Cannot reach http://127.0.0.1:1")]);
  });
});
