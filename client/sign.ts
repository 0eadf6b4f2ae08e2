import { canonicalQuery } from "../src/image/canonical-query.ts";
import { hex, utf8 } from "./bytes.ts";
import type { Pair } from "./parameters.ts";

export type Algorithm = "SHA-1" | "SHA-256";

/** `parameters` with the `sig` that the Worker asks for where it has `SECRET_KEY`. */
export async function sign(parameters: readonly Pair[], secret: string, algorithm: Algorithm = "SHA-1") {
  const hmac = { name: "HMAC", hash: algorithm };
  const key = await crypto.subtle.importKey("raw", utf8(secret), hmac, false, ["sign"]);
  const sig = await crypto.subtle.sign("HMAC", key, utf8(canonicalQuery(grouped(parameters))));
  return [...parameters.filter(([name]) => name !== "sig"), ["sig", hex(sig)] as const];
}

function grouped(parameters: readonly Pair[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of parameters) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}
