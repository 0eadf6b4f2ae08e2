import { VERSION } from "../../src/version.ts";
import { refusalOf } from "../base.ts";
import { type Finding, fault, unless, warning } from "./finding.ts";
import { reach, type Server } from "./reach.ts";
import { signatureFaults, tokenFaults } from "./server-secrets.ts";

/** What keeps a running Worker from doing its work, as far as can be seen from outside. */
export async function checkServer(server: Server): Promise<readonly Finding[]> {
  const answer = await reach(`${server.base}/healthcheck`);
  if (!(answer instanceof Response)) return [answer];
  if (!answer.ok) return [await brokenWorker(answer)];
  const checks = [identityFaults(answer), signatureFaults(server), avatarFaults(server), pageFaults(server)];
  return [...clockFaults(answer), ...plainFaults(server), ...(await Promise.all(checks)).flat()];
}

/** A Worker that cannot read its configuration says so to everybody. */
async function brokenWorker(answer: Response): Promise<Finding> {
  const mend =
    answer.status === 500 ? "Mend that variable; docs/configuration.md tells how." : "Is edgefit behind this?";
  return fault(answer.url, `It answers ${await refusalOf(answer)}`, mend);
}

async function identityFaults(answer: Response): Promise<readonly Finding[]> {
  const { version } = ((await answer.json().catch(() => undefined)) ?? {}) as { version?: string };
  if (version === undefined) return [fault(answer.url, "This is not edgefit", "Give its address as --base.")];
  return unless(
    version === VERSION,
    warning("version", `The Worker is ${version}, this is ${VERSION}`, "npm run deploy brings them together."),
  );
}

/** What the Worker allows where clocks differ. */
const LEEWAY_SECONDS = 60;

function clockFaults(answer: Response): readonly Finding[] {
  const there = Date.parse(answer.headers.get("date") ?? "");
  const skew = Math.round((Date.now() - there) / 1_000);
  if (!Number.isFinite(skew) || Math.abs(skew) <= LEEWAY_SECONDS) return [];
  const side = skew > 0 ? "ahead of" : "behind";
  const what = `This machine is ${Math.abs(skew)} seconds ${side} the Worker: tokens and ends of URLs go wrong`;
  return [fault("clock", what, "Set the clock, for example by NTP.")];
}

/** Tokens and secrets go with requests. */
function plainFaults({ base }: Server): readonly Finding[] {
  const { protocol, hostname } = new URL(base);
  const here = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return unless(here || protocol === "https:", warning(base, "It is not asked by HTTPS", "Use its https address."));
}

const NOBODY = "0".repeat(64);

/** A database without tables fails for everybody. Where that half is off, the answer is 404 too. */
async function avatarFaults(server: Server): Promise<readonly Finding[]> {
  const answer = await reach(`${server.base}/api/avatars/${NOBODY}`);
  if (!(answer instanceof Response)) return [answer];
  if (answer.status < 500) return tokenFaults(server);
  return [fault("DB", `Avatars cannot be read: ${await refusalOf(answer)}`, "npm run migrate makes the tables.")];
}

async function pageFaults({ base }: Server): Promise<readonly Finding[]> {
  const answer = await reach(`${base}/`, { headers: { accept: "text/html" } });
  if (!(answer instanceof Response)) return [answer];
  const isPage = answer.headers.get("content-type")?.startsWith("text/html") ?? false;
  const mend = "npm run build:web, and [assets] in wrangler.toml; or ENABLE_PAGES is off on purpose.";
  return unless(isPage, warning("assets", "Browsers get no playground", mend));
}
