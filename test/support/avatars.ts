import { applyD1Migrations, env } from "cloudflare:test";
import { inject } from "vitest";
import type {} from "./provided.ts";
import { type Service, service } from "./service.ts";
import { EXP, SECRET, signToken } from "./token.ts";

/** Ids of addresses, by the three digests. */
export const ALICE = {
  md5: "c160f8cc69a4f0bf2b0362752353d060",
  sha1: "fc2398a73dd54d6237c4fdb58fd7d75347cf5af3",
  sha256: "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976",
} as const;
export const BOB = {
  md5: "10ac39056a4b6f1f6804d724518ff2dc",
  sha1: "97ec78b292ab06a5b64d5cc50140b2a3fd901061",
  sha256: "686b5e4cf4f963adf8f51468a48028ef8d15bd02fa335f821279a3d1678c9615",
} as const;
/** Of the word `default`. */
export const SITE = "7505d64a54e061b7acd54ccd58b49dc43500b635";

/** A token of these claims, good until 2100. */
export const tokenOf = async (claims: Readonly<Record<string, unknown>>, secret = SECRET): Promise<string> =>
  signToken({ exp: EXP, ...claims }, { secret });

/** Good for everything. */
export const adminToken = (): Promise<string> => tokenOf({ hash: "*", scope: "avatar:admin" });

/** Tests write more often than a person may. */
const UNLIMITED = { RL_WRITE: undefined, RL_AUTH_FAIL: undefined, RL_GENERATE: undefined };

/** The Worker with tokens switched on. */
export const avatarService = (vars: Readonly<Record<string, unknown>> = {}): Service =>
  service({ JWT_SECRET: SECRET, ...UNLIMITED, ...vars });

/** Tables without a row, a bucket without an object. */
export async function emptyAvatars(): Promise<void> {
  await applyD1Migrations(env.DB, inject("migrations"));
  await env.DB.batch(
    ["avatar_ids", "avatar_revisions", "avatars", "used_tokens", "gc_queue"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
  for (const key of await storedKeys()) await env.AVATARS.delete(key);
}

/** Every object of the bucket. */
export async function storedKeys(): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await env.AVATARS.list(cursor === undefined ? {} : { cursor });
    keys.push(...page.objects.map(({ key }) => key));
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return keys;
}

/** Uploads `bytes` by a token that is good for everything. */
export async function send(
  to: Service,
  path: string,
  bytes: BodyInit,
  init: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const authorization = `Bearer ${await adminToken()}`;
  const headers = { authorization, "content-type": "application/octet-stream", ...init.headers };
  return to.fetch(path, { method: init.method ?? "POST", body: bytes, headers, redirect: "manual" });
}
