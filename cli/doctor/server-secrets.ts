import { textOf } from "../address.ts";
import { refusalOf } from "../base.ts";
import { MIN_KEY_BYTES, makeToken } from "../token.ts";
import { type Finding, fault, unless, warning } from "./finding.ts";
import { reach, type Server } from "./reach.ts";

/** A name that no storage has: what is looked at is whether the request gets that far. */
const nowhere = () => [["path", `edgefit-doctor/${crypto.randomUUID()}`] as const, ["op", "noop"] as const];

/** Whether signatures are wanted, and whether ours are good. */
export async function signatureFaults({ base, signing }: Server): Promise<readonly Finding[]> {
  const address = { base, route: "display", form: "query", parameters: nowhere() } as const;
  const plain = await reach(await textOf(address));
  if (!(plain instanceof Response)) return [plain];
  if (plain.status === 401) return signing ? refusedFaults(await reach(await textOf(address, signing))) : [];
  if (plain.status === 404) return [UNSIGNED];
  const what = `A picture that does not exist is answered ${await refusalOf(plain)}`;
  return [fault("STORAGE", what, "See STORAGE in docs/configuration.md, and the log of the Worker.")];
}

const UNSIGNED = warning("SECRET_KEY", "The Worker serves unsigned requests", "npx wrangler secret put SECRET_KEY");

function refusedFaults(signed: Response | Finding): readonly Finding[] {
  if (!(signed instanceof Response)) return [signed];
  const mend = "It must be SECRET_KEY of the Worker, and --algorithm its SIGN_ALGO.";
  return unless(signed.status !== 401, fault("EDGEFIT_SECRET", "The Worker refuses what it signs", mend));
}

const SECONDS = 60;

/** Whether the Worker can check tokens, and whether ours are good. */
export async function tokenFaults({ base, jwtSecret }: Server): Promise<readonly Finding[]> {
  if (jwtSecret !== undefined && Buffer.byteLength(jwtSecret) < MIN_KEY_BYTES)
    return [
      fault("EDGEFIT_JWT_SECRET", `It has less than ${MIN_KEY_BYTES} bytes`, "openssl rand -base64 32 makes one."),
    ];
  const answer = await reach(`${base}/api/avatars?limit=1`, { headers: await listing(jwtSecret) });
  if (!(answer instanceof Response)) return [answer];
  if (answer.status === 503)
    return [warning("JWT_SECRET", `Nobody can change avatars: ${await refusalOf(answer)}`, SET)];
  const mend = "It must be JWT_SECRET of the Worker.";
  const refused = jwtSecret !== undefined && answer.status === 401;
  return refused
    ? [fault("EDGEFIT_JWT_SECRET", `The Worker refuses its tokens: ${await refusalOf(answer)}`, mend)]
    : [];
}

const SET = "npx wrangler secret put JWT_SECRET, with at least 16 bytes.";

async function listing(secret: string | undefined): Promise<Record<string, string>> {
  if (secret === undefined) return {};
  const exp = Math.floor(Date.now() / 1_000) + SECONDS;
  const token = await makeToken({ scope: "avatar:list" }, exp, secret, { alg: "HS256" });
  return { authorization: `Bearer ${token}` };
}
