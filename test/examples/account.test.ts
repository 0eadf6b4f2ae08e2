import { readFileSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesFor } from "../support/claims.ts";
import { freePort } from "../support/free-port.ts";
import type { Account } from "./support/account.ts";
import { type Cloudflare, startCloudflare } from "./support/cloudflare.ts";
import { type Copy, createCopy } from "./support/copy.ts";

let copy: Copy;
let cloudflare: Cloudflare;
let callbackPort: number;
let env: Record<string, string>;

const SECRET = "a word that nobody guesses";

/** A browser whose person agrees to everything, and a picture. */
beforeAll(async () => {
  copy = await createCopy();
  callbackPort = await freePort();
  cloudflare = await startCloudflare(callbackPort);
  const bin = join(copy.folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "xdg-open"), '#!/bin/sh\ncurl -sL "$1"\n');
  await chmod(join(bin, "xdg-open"), 0o755);
  env = { ...cloudflare.env, PATH: [bin, process.env.PATH].join(delimiter) };
  await writeFile(join(copy.folder, "cat.jpg"), "a picture");
});
afterAll(async () => {
  cloudflare.close();
  await copy.remove();
});

/** What the account has after a deploy, also after a second one. */
function expectDeployed({ buckets, namespaces, databases, assets, bindings, crons, sql }: Account): void {
  expect(buckets).toEqual(["edgefit-source", "edgefit-destination", "edgefit-avatars"]);
  expect([namespaces, databases]).toEqual([["edgefit-keys"], ["edgefit"]]);
  expect([...assets]).toEqual(expect.arrayContaining(["/avatars.html", "/playground.html"]));
  expect([...crons]).toEqual(['[{"cron":"*/15 * * * *"}]']);
  expect(readFileSync(join(copy.folder, "wrangler.toml"), "utf8")).toBe(readFileSync("wrangler.toml", "utf8"));
  const names = bindings?.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["SOURCE", "DESTINATION", "AVATARS", "DB", "KEYS", "LEASES", "ASSETS"]));
  expect(sql.prepare("SELECT count(*) AS count FROM avatars").get()).toEqual({ count: 0 });
}

/** What an account is to have, after the first line that fits. */
const LINES: readonly (readonly [pattern: RegExp, expectDone: (account: Account, name: string) => void])[] = [
  [/npm run deploy$/, expectDeployed],
  [/^npx wrangler (login)$/, () => undefined],
  [/secret put (\w+)$/, ({ secrets }, name) => expect(secrets.get(name)).toBe(SECRET)],
  [
    /object put (\S+) --file cat.jpg/,
    ({ objects }, name) => expect(objects.get(name)).toEqual({ type: "image/jpeg", body: "a picture" }),
  ],
  [/queues create (\S+)$/, ({ queues }, name) => expect(queues).toEqual([name])],
  [
    /notification create (.*) --event-type/,
    ({ notifications }, name) =>
      expect(notifications.get(name.replace("--queue", "to"))).toEqual(
        expect.arrayContaining(["PutObject", "DeleteObject"]),
      ),
  ],
  [
    /hyperdrive create (\S+) --caching-disabled/,
    ({ hyperdrives: [made] }, name) =>
      expect(made).toMatchObject({ name, origin: { host: "db.example.com" }, caching: { disabled: true } }),
  ],
];

/** The port of the documents may be taken on this machine. */
const written = (line: string): Record<string, string> =>
  line.includes("wrangler login") ? { "wrangler login": `wrangler login --callback-port ${callbackPort}` } : {};

describe("an account takes, in the order of the documents:", () => {
  it.for(linesFor("account"))("%s", { timeout: 150_000 }, async (line) => {
    const [pattern, expectDone] = LINES.find(([pattern]) => pattern.test(line)) ?? [];
    const { code, out } = await copy.run(line, { env, written: written(line), input: SECRET });
    expect(code, out).toBe(0);
    expectDone?.(cloudflare.account, pattern?.exec(line)?.[1] ?? "");
    expect(expectDone).toBeDefined();
  });
});
