// npm run set-default -- FILE: the picture that is shown for everybody who has no avatar.
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runTool } from "./tool.ts";

const USAGE = `npm run set-default -- FILE                                the picture of a local Worker
npm run set-default -- FILE --url https://avatars.example.com

JWT_SECRET in the environment is the Worker's own.`;

/** SHA-1 of `default`. */
const ID = "7505d64a54e061b7acd54ccd58b49dc43500b635";
const LIFETIME_SECONDS = 300;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: "string", default: "http://localhost:8787" }, help: { type: "boolean" } },
  });
  const [file, ...others] = positionals;
  if (values.help || file === undefined || others.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const secret = process.env.JWT_SECRET;
  if (!secret) throw new Error("Cannot sign a token: expected JWT_SECRET in the environment");
  if (!URL.canParse(values.url)) throw new Error(`Cannot use ${values.url}: expected an address`);
  console.log(`shown from now on: ${await setDefault(file, values.url, secret)}`);
  return 0;
}

/** @returns the address of the picture */
async function setDefault(path: string, url: string, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${token(key)}`, "content-type": "application/octet-stream" };
  const response = await fetch(new URL(`/${ID}`, url), { method: "POST", body: await readFile(path), headers });
  const answer: unknown = await response.json().catch(() => undefined);
  const { data, detail } = (answer ?? {}) as { data?: { url: string }; detail?: string };
  if (data) return data.url;
  throw new Error(`${response.status}: ${detail ?? `is ${url} the address of edgefit?`}`);
}

/** Good for this avatar alone. */
function token(key: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { hash: ID, exp: Math.floor(Date.now() / 1000) + LIFETIME_SECONDS };
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

runTool(main);
