import { BASE_FLAGS, baseOf } from "../base.ts";
import { CliError, misuse } from "../cli-error.ts";
import { command, type Result } from "../command.ts";
import { checkProject } from "../doctor/check-project.ts";
import { checkServer } from "../doctor/check-server.ts";
import { type Finding, fault } from "../doctor/finding.ts";
import { findConfig, type ProjectOptions, readProject } from "../doctor/project.ts";
import { SIGNING_FLAGS, signingOf } from "../signing.ts";

export const doctor = command({
  name: "doctor",
  about: "Tells what is wrong with a configuration, a running Worker or both, and how to mend it.",
  words: ["[FOLDER]"],
  flags: {
    env: { type: "string", value: "NAME", about: "An environment of wrangler.toml." },
    secret: { type: "string", multiple: true, value: "NAME", about: "A secret that only the deployed Worker has." },
    ...BASE_FLAGS,
    "secret-from": SIGNING_FLAGS["secret-from"],
    algorithm: SIGNING_FLAGS.algorithm,
  },
  examples: ["edgefit doctor", "edgefit doctor --base https://pics.example.com --secret SECRET_KEY"],
  async run({ words: [folder], flags, io }) {
    const base = baseOf(flags, io);
    const file = findConfig(folder ?? ".");
    if (file === undefined && (folder !== undefined || base === undefined))
      throw misuse(`Cannot find wrangler.toml in ${folder ?? "this folder"}: expected it, or --base URL`);
    const jwtSecret = io.env.EDGEFIT_JWT_SECRET || undefined;
    const findings = [
      ...(file === undefined ? [] : await fileFindings(file, { env: flags.env, secrets: flags.secret ?? [] })),
      ...(base === undefined ? [] : await checkServer({ base, signing: await signingOf(flags, io), jwtSecret })),
    ];
    return told(findings);
  },
});

async function fileFindings(file: string, options: ProjectOptions): Promise<readonly Finding[]> {
  try {
    return checkProject(await readProject(file, options));
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
