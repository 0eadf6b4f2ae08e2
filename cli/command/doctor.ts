import { requiredBase } from "../base.ts";
import { CliError, misuse } from "../cli-error.ts";
import { command, type Result } from "../command.ts";
import { checkProject } from "../doctor/check-project.ts";
import { checkServer } from "../doctor/check-server.ts";
import { type Finding, fault } from "../doctor/finding.ts";
import { findConfig, loadWrangler, type ProjectOptions, readProject } from "../doctor/project.ts";
import type { Io } from "../io.ts";
import { SIGNING_FLAGS, signingOf } from "../signing.ts";

export const doctor = command({
  name: "doctor",
  about: "Tells what is wrong with a configuration or a running Worker, and how to mend it.",
  words: ["[FOLDER|URL...]"],
  flags: {
    env: { type: "string", value: "NAME", about: "An environment of wrangler.toml." },
    secret: { type: "string", multiple: true, value: "NAME", about: "A secret that only the deployed Worker has." },
    "secret-from": SIGNING_FLAGS["secret-from"],
    algorithm: SIGNING_FLAGS.algorithm,
  },
  examples: ["edgefit doctor", "edgefit doctor . https://pics.example.com --secret SECRET_KEY"],
  async run({ words, flags, io }) {
    const options = { env: flags.env, secrets: flags.secret ?? [] };
    const secrets = { signing: await signingOf(flags, io), jwtSecret: io.env.EDGEFIT_JWT_SECRET || undefined };
    const findings: Finding[] = [];
    for (const place of words.length > 0 ? words : placesOf(io))
      findings.push(
        ...(isAddress(place)
          ? await checkServer({ base: requiredBase({ base: place }, io), ...secrets })
          : await folderFindings(place, options)),
      );
    return told(findings);
  },
});

const isAddress = (place: string): boolean => /^https?:\/\//.test(place);

/** Where to look when nobody says it: here, and at the Worker that the environment names. */
function placesOf({ env }: Io): readonly string[] {
  const here = findConfig(".") === undefined ? [] : ["."];
  const places = env.EDGEFIT_URL ? [...here, env.EDGEFIT_URL] : here;
  if (places.length === 0) throw misuse("Cannot find wrangler.toml in this folder: expected it, FOLDER or URL");
  return places;
}

async function folderFindings(folder: string, options: ProjectOptions): Promise<readonly Finding[]> {
  const file = findConfig(folder);
  if (file === undefined) throw misuse(`Cannot find wrangler.toml in ${folder}`);
  return fileFindings(file, options);
}

async function fileFindings(file: string, options: ProjectOptions): Promise<readonly Finding[]> {
  const wrangler = await loadWrangler();
  try {
    return checkProject(readProject(file, options, wrangler));
  } catch (thrown) {
    if (thrown instanceof CliError && thrown.exitCode === 1)
      return [fault(file, thrown.message, "Mend what Wrangler says.")];
    throw thrown;
  }
}

function told(findings: readonly Finding[]): Result {
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  const [faults, warnings] = [count("fault"), count("warning")];
  const lines = findings.flatMap(({ level, about, what, mend }) => [
    `${level === "fault" ? "FAULT  " : "warning"}  ${about}: ${what}`,
    `         ${mend}`,
  ]);
  const total = `${faults} ${faults === 1 ? "fault" : "faults"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
  return { text: [...lines, total].join("\n"), json: { faults, warnings, findings }, ok: faults === 0 };
}
