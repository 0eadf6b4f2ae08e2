// npm run set-default -- FILE: the picture that is shown for everybody who has no avatar.
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

const USAGE = `npm run set-default -- FILE                                the picture of a local Worker
npm run set-default -- FILE --url https://avatars.example.com

JWT_SECRET in the environment is the Worker's own.`;

/** SHA-1 of `default`. */
const ID = "7505d64a54e061b7acd54ccd58b49dc43500b635";
const LIFETIME_SECONDS = 300;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: "string", default: "http://localhost:8787" }, help: { type: "boolean" } },
});
const secret = process.env.JWT_SECRET;
const [file] = positionals;

if (values.help || file === undefined) console.log(USAGE);
else if (!secret) fail("Cannot sign a token: expected JWT_SECRET in the environment");
else await setDefault(file, values.url, secret);

async function setDefault(path: string, url: string, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${token(key)}`, "content-type": "application/octet-stream" };
  const response = await fetch(new URL(`/${ID}`, url), { method: "POST", body: await readFile(path), headers });
  const { data, detail } = (await response.json()) as { data?: { url: string }; detail?: string };
  if (data) console.log(`shown from now on: ${data.url}`);
  else fail(`${response.status}: ${detail}`);
}

/** Good for this avatar alone. */
function token(key: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { hash: ID, exp: Math.floor(Date.now() / 1000) + LIFETIME_SECONDS };
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
