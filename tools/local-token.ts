import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeToken } from "../cli/token.ts";
import { ROOT } from "./wrangler.ts";

/** MD5 of alice@example.com. */
const SAMPLE_ID = "c160f8cc69a4f0bf2b0362752353d060";
const DAY_SECONDS = 86_400;

/** What lets the page of avatars be tried at once, by the Worker on this machine and no other. */
export interface LocalToken {
  /** Arguments of Wrangler. */
  readonly vars: readonly string[];
  /** Of the page's address. */
  readonly fragment: string;
}

/** A token by a secret that is made for this run; none where the person has set a secret, which stays as it is. */
export async function localToken(): Promise<LocalToken> {
  const own = await Promise.all(
    [".dev.vars", ".env"].map((name) => readFile(join(ROOT, name), "utf8").catch(() => "")),
  );
  if (own.some((text) => /^\s*(?:export\s+)?JWT_SECRETS?\s*=/m.test(text))) return { vars: [], fragment: "" };
  const secret = randomBytes(32).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + DAY_SECONDS;
  const token = await makeToken({ hash: SAMPLE_ID, scope: "avatar:admin" }, exp, secret, { alg: "HS256" });
  return { vars: ["--var", `JWT_SECRET:${secret}`], fragment: `#token=${token}` };
}
