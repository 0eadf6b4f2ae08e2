import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../cli/doctor/finding.ts";
import { TESTED_DATE } from "../../cli/doctor/runtime.ts";
import { edgefit, spawned } from "./support/edgefit.ts";
import { type Changes, changedProject, removeProject } from "./support/project.ts";

const NO_SERVER = { env: {} };
const ROOT = join(import.meta.dirname, "../..");

interface Diagnosis {
  readonly code: number | null;
  readonly findings: readonly Finding[];
}

async function diagnosed(changes: Changes, ...args: readonly string[]): Promise<Diagnosis> {
  const folder = await changedProject(changes);
  try {
    const { code, out, err } = await edgefit(["doctor", folder, "--json", ...args], NO_SERVER);
    if (err !== "") throw new Error(err);
    return { code, ...JSON.parse(out) };
  } finally {
    await removeProject(folder);
  }
}

const named = ({ findings }: Diagnosis, level: Finding["level"]) =>
  findings.filter((finding) => finding.level === level).map(({ about, what }) => `${about}: ${what}`);

const STORAGE =
  'STORAGE = { src = { type = "r2", binding = "SOURCE" }, dst = { type = "r2", binding = "DESTINATION" } }';
const S3 =
  '{ type = "s3", region = "eu-west-1", bucket_name = "b", access_key_id = "$KEY_ID", secret_access_key = "$KEY" }';
const HTTP = '{ type = "http", base_url = "https://cdn.test" }';

const withVars = (line: string): NonNullable<Changes["toml"]> => [["[vars]\n", `[vars]\n${line}\n`]];

/** What is wrong, and how doctor names it: variable or binding first. */
const BROKEN: readonly (readonly [name: string, changes: Changes, ...faults: readonly RegExp[]])[] = [
  [
    "a bucket that nobody binds",
    { toml: [['dst = { type = "r2", binding = "DESTINATION" }', 'dst = { type = "r2", binding = "RESULTS" }']] },
    /^STORAGE\.dst\.binding: Nothing is bound as RESULTS/,
  ],
  [
    "a key store that is a bucket",
    { toml: [['binding = "KEYS", prefix', 'binding = "SOURCE", prefix']] },
    /^KVSTORE\.binding: SOURCE is bound to a R2 bucket, not to a KV namespace/,
  ],
  [
    "leases without a class",
    { toml: [['[[migrations]]\ntag = "leases"\nnew_sqlite_classes = ["DerivativeLease"]', ""]] },
    /^LEASE_BINDING: No migration makes the class DerivativeLease/,
  ],
  [
    "credentials that do not exist",
    { toml: [[STORAGE, `STORAGE = { src = ${S3} }`]] },
    /^STORAGE\.src\.access_key_id: .* secret KEY_ID/,
    /^STORAGE\.src\.secret_access_key: .* secret KEY,/,
  ],
  [
    "a storage without its region",
    {
      toml: [[STORAGE, `STORAGE = { src = ${S3.replace('region = "eu-west-1", ', "")} }`]],
      secrets: { KEY_ID: "a", KEY: "b" },
    },
    /^STORAGE\.src\.region: It must be given/,
  ],
  [
    "numbers out of their bounds, and words that nobody knows",
    { toml: withVars('QUALITY = 101\nFORMAT = "tiff"\nSHARD = { widht = 1 }') },
    /^SHARD: It must be an object .* widht is not known/,
    /^QUALITY: .* 1 to 100/,
    /^FORMAT: .* jpg/,
  ],
  [
    "no flags of compatibility",
    { toml: [['compatibility_flags = ["nodejs_compat", "enable_request_signal"]', "compatibility_flags = []"]] },
    /^compatibility_flags: nodejs_compat/,
    /^compatibility_flags: enable_request_signal/,
  ],
  [
    "no date of compatibility",
    { toml: [['compatibility_date = "2026-10-01"\n', ""]] },
    /^compatibility_date: It is missing/,
  ],
  [
    "an old date of compatibility",
    { toml: [["2026-10-01", "2024-01-01"]] },
    /^compatibility_date: 2024-01-01 is before/,
  ],
  ["uploads without a secret", { toml: withVars("ENABLE_UPLOAD = true") }, /^UPLOAD_SECRET: ENABLE_UPLOAD is on, but/],
  [
    "a destination that cannot be written",
    { toml: [[STORAGE, `STORAGE = { src = { type = "r2", binding = "SOURCE" }, dst = ${HTTP} }`]] },
    /^STORAGE\.dst\.type: It must be a storage that can be written/,
  ],
  ["a list without a secret", { toml: withVars("ENABLE_LIST = true") }, /^UPLOAD_SECRET: ENABLE_LIST is on, but/],
  [
    "uploads and lists by anybody",
    { toml: withVars("ENABLE_LIST = true\nENABLE_DELETE = true\nUPLOAD_OPEN = true") },
    /^UPLOAD_OPEN: Anybody may change or list pictures: ENABLE_LIST, ENABLE_DELETE without/,
  ],
  [
    "any source for anybody",
    { toml: withVars("ALLOW_ANY_SOURCE = true"), secrets: { SECRET_KEY: undefined } },
    /^ALLOW_ANY_SOURCE: Anybody/,
  ],
  ["a blank key", { secrets: { SECRET_KEY: " " } }, /^SECRET_KEY: It must be a string that is not blank/],
  ["a token secret that is too short", { secrets: { JWT_SECRET: "short" } }, /^JWT_SECRET: It is too short/],
  [
    "no database for avatars",
    { toml: [['[[d1_databases]]\nbinding = "DB"\n', '[[d1_databases]]\nbinding = "OTHER"\n']] },
    /^DB: There is a bucket for avatars, but no database/,
  ],
  [
    "no bucket for avatars",
    { toml: [['binding = "AVATARS"', 'binding = "FACES"']] },
    /^AVATARS: There is a database for avatars, but no bucket/,
  ],
  ["no migrations", { without: ["migrations"] }, /^DB: migrations has no migrations of avatars/],
  ["pages that were not built", { without: ["web"] }, /^assets: .\/web\/dist has no pages/],
  [
    "an engine that was not built",
    { without: ["src/engine"] },
    /^src\/engine\/engine\.wasm: The pixel engine is not built/,
  ],
  ["no Worker", { without: ["src/index.ts"] }, /^main: There is no .*src\/index\.ts/],
  ["a file that Wrangler cannot read", { toml: [["[vars]", "[vars"]] }, /wrangler\.toml: .*Invalid TOML/],
];

describe("edgefit doctor of a folder", () => {
  it.for(BROKEN)("names %s", async ([, changes, ...faults]) => {
    const diagnosis = await diagnosed(changes);
    expect(diagnosis.code).toBe(1);
    expect(named(diagnosis, "fault")).toHaveLength(faults.length);
    for (const [at, pattern] of faults.entries()) expect(named(diagnosis, "fault")[at]).toMatch(pattern);
    expect(diagnosis.findings.every(({ mend }) => mend.length > 0)).toBe(true);
  });

  it("finds nothing where nothing is wrong", async () => {
    expect(await diagnosed({})).toEqual({ code: 0, faults: 0, warnings: 0, findings: [] });
  });

  it("finds folders that are named from the root on", async () => {
    const toml = [
      ['"./web/dist"', JSON.stringify(join(ROOT, "web/dist"))],
      ['migrations_dir = "migrations"', `migrations_dir = ${JSON.stringify(join(ROOT, "migrations"))}`],
    ] as const;
    expect((await diagnosed({ toml, without: ["web", "migrations"] })).findings).toEqual([]);
  });

  it("warns of what may be meant", async () => {
    const toml = [...withVars('SECRET_KEY = "published"'), ['crons = ["*/15 * * * *"]', "crons = []"]] as const;
    const diagnosis = await diagnosed({ toml, secrets: { JWT_SECRET: undefined, SECRET_KEY: undefined } });
    expect(diagnosis.code).toBe(0);
    expect(named(diagnosis, "warning")).toEqual([
      expect.stringMatching(/^SECRET_KEY: A key has less than 16/),
      expect.stringMatching(/^SECRET_KEY: The secret stands in \[vars\]/),
      expect.stringMatching(/^JWT_SECRET: It is not set/),
      expect.stringMatching(/^triggers: No cron/),
    ]);
  });

  it.for([
    ["UPLOAD_SECRET", "published"],
    ["JWT_SECRET", "a published secret"],
    ["JWT_SECRETS", '{"a":"a published secret"}'],
    ["METRICS_TOKEN", "published"],
    ["SENTRY_DSN", "https://published@sentry.example/1"],
  ])("warns of %s in the file", async ([name, value]) => {
    const { findings } = await diagnosed({ toml: withVars(`${name} = '${value}'`) });
    expect(findings).toEqual([expect.objectContaining({ level: "warning", about: name })]);
  });

  it.for([
    ['ALLOWED_ORIGINS = "*"', "ALLOWED_ORIGINS", "CORS is off: ALLOWED_METHODS is not set"],
    ['ALLOWED_METHODS = ["GET"]', "ALLOWED_METHODS", "CORS is off: ALLOWED_ORIGINS is not set"],
    ['ALLOWED_METHODS = ["GET"]\nALLOWED_ORIGINS = ["*"]'],
  ])("warns of CORS that is half on: %s", async ([vars, about, what]) => {
    const { findings } = await diagnosed({ toml: withVars(vars) });
    expect(findings).toEqual(about === undefined ? [] : [expect.objectContaining({ level: "warning", about, what })]);
  });

  it("believes that a secret is on the deployed Worker", async () => {
    const changes: Changes = { toml: [[STORAGE, `STORAGE = { src = ${S3} }`]] };
    expect((await diagnosed(changes, "--secret", "KEY_ID", "--secret", "KEY")).findings).toEqual([]);
  });

  it("looks at the environment that is named", async () => {
    const staging = "\n[env.staging]\nvars = { QUALITY = 0 }\n";
    const changes: Changes = { toml: [["[triggers]", `${staging}\n[triggers]`]] };
    expect(named(await diagnosed(changes, "--env", "staging"), "fault")).toContainEqual(
      expect.stringMatching(/^QUALITY:/),
    );
    expect((await diagnosed(changes)).code).toBe(0);
    expect((await edgefit(["doctor", ROOT, "--env", "nowhere"], NO_SERVER)).code).toBe(2);
  });

  it("passes this project, as it is shipped, by the built file", async () => {
    const { code, out, err } = await spawned(["doctor", ROOT], NO_SERVER);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^0 faults, \d warnings?$/m);
  });

  it("reads wrangler.json as well, and the file itself", async () => {
    const folder = await changedProject({});
    const file = join(folder, "wrangler.json");
    await writeFile(file, JSON.stringify({ name: "edgefit", vars: { QUALITY: 101 } }));
    for (const place of [folder, file]) {
      const { out } = await edgefit(["doctor", place, "--json"], NO_SERVER);
      expect(JSON.parse(out).findings).toContainEqual(expect.objectContaining({ about: "QUALITY" }));
    }
    await removeProject(folder);
  });

  it("says where it looked", async () => {
    expect(await edgefit(["doctor", "/nowhere"], NO_SERVER)).toMatchObject({
      code: 2,
      err: expect.stringContaining("/nowhere"),
    });
  });

  it("knows the date that the tests run with", async () => {
    const toml = await readFile(join(ROOT, "wrangler.toml"), "utf8");
    expect(toml).toContain(`compatibility_date = "${TESTED_DATE}"`);
  });
});
