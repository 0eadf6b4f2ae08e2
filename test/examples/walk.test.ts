import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { edgefit } from "../../client/index.ts";
import { png } from "../cli/support/picture.ts";
import { examplesFor, linesFor } from "../support/claims.ts";
import { freePort } from "../support/free-port.ts";
import { S3_BUCKET } from "../support/s3-bucket.ts";
import { BUCKET_KEY, type Bucket, createBucket } from "./support/bucket.ts";
import { type Copy, createCopy } from "./support/copy.ts";

const PASSWORD = "the-password-of-the-walk";
/** By which picfit stores `op=resize&path=avatar.png&w=50&h=50`. */
const KEY = "540d90a9cc7a76bf72b1e4fc4516d84d";
const STORED = `5/4/${KEY.slice(2)}.png`;

let copy: Copy;
let bucket: Bucket;
let redisPort: string;

const redis = (command: string): void => {
  spawnSync("redis-cli", ["-p", redisPort, ...command.split(" ")], {
    env: { ...process.env, REDISCLI_AUTH: PASSWORD },
  });
};

/** Step 2: its wrangler.toml, with a bucket and a Redis of this machine in the place of theirs. */
async function writeConfiguration(): Promise<void> {
  const [vars] = examplesFor("configurations").filter(({ text }) => text.includes("$REDIS_PASSWORD"));
  const here = vars.text
    .replaceAll(
      'bucket_name = "photos"',
      `bucket_name = "${S3_BUCKET}", endpoint = "${bucket.endpoint}", path_style = true`,
    )
    .replace("port = 6379", `port = ${redisPort}`);
  const toml = await readFile(join(copy.folder, "wrangler.toml"), "utf8");
  await writeFile(join(copy.folder, "picfit.toml"), toml.replace(/^\[vars\]\n(?:.+\n)+/m, here));
}

/** Step 3. */
function writeSecrets(): Promise<void> {
  const keys = ["SOURCE", "DESTINATION"].flatMap((name) => [`${name}_KEY_ID`, `${name}_SECRET_KEY`]);
  const lines = [...keys.map((name) => `${name}=${BUCKET_KEY}`), "SECRET_KEY=abcdef", `REDIS_PASSWORD=${PASSWORD}`];
  return writeFile(join(copy.folder, ".dev.vars"), lines.join("\n"));
}

/** The access log of picfit, in the format of nginx. */
async function writeLog(): Promise<void> {
  const asked = edgefit({ base: "http://x", secret: "abcdef" });
  const url = await asked.url("avatar.png", { op: "resize", width: 50, height: 50 }, { form: "query" });
  const line = (path: string) => `192.0.2.1 - - [01/Aug/2026:09:30:00 +0000] "GET ${path} HTTP/1.1" 200 1 "-" "-"\n`;
  const lines = [url.slice("http://x".length), "/display?path=avatar.png&op=noop&sig=0"].map(line);
  await writeFile(join(copy.folder, "access.log"), [...lines, ...lines].join(""));
}

beforeAll(async () => {
  [copy, bucket] = await Promise.all([createCopy(), createBucket()]);
  redisPort = String(await freePort());
  await bucket.put(`derived/${STORED}`, png(50, 50, [200, 40, 90]));
  await Promise.all([writeConfiguration(), writeSecrets(), writeLog()]);
});
afterAll(async () => {
  redis("SHUTDOWN NOSAVE");
  await Promise.all([copy.remove(), bucket.close()]);
});

describe("the walk of docs/migrating-from-picfit.md", () => {
  it("finds what picfit has stored", { timeout: 150_000 }, async ({ expect, skip }) => {
    const [startRedis, dev, ask, ...others] = linesFor("walk");
    expect(others).toEqual([]);
    const port = String(await freePort());
    const env = { REDIS_PASSWORD: PASSWORD };
    const written = { "--daemonize": `--port ${redisPort} --daemonize` };
    const started = await copy.run(startRedis, { env, written });
    skip(started.code === 127, "no redis-server on this machine");
    // The dump: what this server is told, saved and read again.
    for (const command of [`SET picfit:${KEY} ${STORED}`, "SAVE", "SHUTDOWN NOSAVE"]) redis(command);
    expect((await copy.run(startRedis, { env, written })).code).toBe(0);
    await copy.start(dev, `http://localhost:${port}/healthcheck`, {
      written: { "wrangler dev": `wrangler dev --port ${port}` },
    });
    const asked = await copy.run(ask, { written: { "8787": port } });
    expect(asked.out.replace(/ +/g, " ")).toBe(" 1 200 stored\n 1 401 \n");
  });
});
