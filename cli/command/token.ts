import { createHash, randomUUID } from "node:crypto";
import { SCOPES } from "../../src/avatar/permission.ts";
import { misuse } from "../cli-error.ts";
import { command } from "../command.ts";
import { contentsOf } from "../contents.ts";
import { parseDuration } from "../numbers.ts";
import { requiredSecret } from "../secret.ts";
import { idOf, makeToken, TOKEN_FLAGS } from "../token.ts";

const ALGORITHMS: readonly string[] = ["HS256", "HS384", "HS512"];

export const token = command({
  name: "token",
  about: "Makes a token that may change avatars.",
  words: ["[ID|EMAIL...]"],
  flags: {
    expires: { type: "string", value: "5m", about: "How long it is good for; 5m when absent." },
    scope: { type: "string", multiple: true, value: "SCOPE", about: `${SCOPES.join(", ")}. Again for several.` },
    once: { type: "boolean", about: "Good for one change only." },
    all: { type: "boolean", about: "For every avatar; needs --scope avatar:admin." },
    body: { type: "string", value: "FILE", about: "Good for this picture only." },
    kid: { type: "string", value: "NAME", about: "Which key of JWT_SECRETS signs." },
    audience: { type: "string", value: "NAME", about: "For a Worker with JWT_AUDIENCE." },
    issuer: { type: "string", value: "NAME", about: "For a Worker with JWT_ISSUER." },
    algorithm: { type: "string", value: "HS256", about: "HS256, HS384 or HS512." },
    ...TOKEN_FLAGS,
  },
  examples: ["edgefit token alice@example.com --expires 1h", "edgefit token --scope avatar:list"],
  async run({ words, flags, io }) {
    const { scope = [], algorithm = "HS256", once, body, audience, issuer, kid } = flags;
    if (!ALGORITHMS.includes(algorithm)) throw misuse(`Cannot sign by ${algorithm}: expected ${ALGORITHMS.join(", ")}`);
    const claims = {
      hash: await hashOf(words, flags.all ?? false, scope),
      scope: scopeOf(scope),
      aud: audience,
      iss: issuer,
      ...(once && { once, jti: randomUUID() }),
      bsha256:
        body &&
        createHash("sha256")
          .update(await contentsOf(body))
          .digest("hex"),
    };
    const exp = Math.floor(Date.now() / 1000) + parseDuration(flags.expires ?? "5m");
    const text = await makeToken(claims, exp, await requiredSecret(flags, "EDGEFIT_JWT_SECRET", io), {
      alg: algorithm,
      kid,
    });
    return { text, json: { token: text, claims: { ...claims, exp } } };
  },
});

function scopeOf(scopes: readonly string[]): string | undefined {
  const stranger = scopes.find((scope) => !SCOPES.some((known) => known === scope));
  if (stranger !== undefined) throw misuse(`Cannot allow ${stranger}: expected ${SCOPES.join(", ")}`);
  return scopes.length > 0 ? scopes.join(" ") : undefined;
}

const MOST_IDS = 16;

/** Only a list of avatars needs no avatar. */
async function hashOf(words: readonly string[], all: boolean, scopes: readonly string[]) {
  if (all && !scopes.includes("avatar:admin")) throw misuse("Cannot open every avatar without --scope avatar:admin");
  if (all) return "*";
  if (words.length > MOST_IDS) throw misuse(`Cannot name ${words.length} avatars: expected at most ${MOST_IDS}`);
  if (words.length === 0 && !scopes.includes("avatar:list"))
    throw misuse("Cannot tell whose avatar: expected ID|EMAIL");
  const ids = await Promise.all(words.map(idOf));
  return ids.length > 1 ? ids : ids[0];
}
