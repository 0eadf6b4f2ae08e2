import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Finding, fault, unless, warning } from "./finding.ts";
import type { Project } from "./project.ts";

/** What the Worker uses of the runtime, and why. */
const FLAGS: Readonly<Record<string, string>> = {
  nodejs_compat: "it imports node:crypto and node:async_hooks",
  enable_request_signal: "it stops work for clients that have left",
};

/** The date that its tests run with; wrangler.toml has the same. */
export const TESTED_DATE = "2026-10-01";

export const runtimeFaults = (project: Project): readonly Finding[] => [
  ...flagFaults(project),
  ...dateFaults(project),
  ...buildFaults(project),
];

const flagFaults = ({ config, file }: Project): readonly Finding[] =>
  Object.entries(FLAGS)
    .filter(([flag]) => !config.compatibility_flags.includes(flag))
    .map(([flag, why]) =>
      fault("compatibility_flags", `${flag} is missing: ${why}`, `Add "${flag}" to compatibility_flags in ${file}.`),
    );

function dateFaults({ config: { compatibility_date: date }, file }: Project): readonly Finding[] {
  const mend = `Set compatibility_date = "${TESTED_DATE}" in ${file}.`;
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date)) return [fault("compatibility_date", "It is missing", mend)];
  return unless(
    date >= TESTED_DATE,
    fault("compatibility_date", `${date} is before ${TESTED_DATE}, the oldest that is tested`, mend),
  );
}

/** What npm ci builds, and Wrangler takes as it is. */
function buildFaults({ config, folder }: Project): readonly Finding[] {
  const engine = resolve(folder, "src/engine/engine.wasm");
  const pages = config.assets?.directory;
  return [
    ...unless(
      !existsSync(resolve(folder, "src/engine")) || existsSync(engine),
      fault("src/engine/engine.wasm", "The pixel engine is not built", "npm run build:wasm"),
    ),
    ...unless(
      config.main !== undefined && existsSync(config.main),
      fault("main", `There is no ${config.main ?? "main"}`, `Set main = "src/index.ts".`),
    ),
    ...(pages === undefined
      ? [noPages]
      : unless(existsSync(resolve(folder, pages, "playground.html")), notBuilt(pages))),
  ];
}

const noPages = warning(
  "assets",
  "No folder of pages is named: browsers get no playground",
  "Add [assets] as in the wrangler.toml of edgefit.",
);

const notBuilt = (pages: string): Finding => fault("assets", `${pages} has no pages`, "npm run build:web");
