// npm run bench: measures this project and its peers side by side, and writes docs/benchmarks.md.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import "../tools/wasm-modules.ts";

const USAGE = `npm run bench                       everything; rewrites docs/benchmarks.md
npm run bench -- --photos DIR       photos of your own, named as bench/photos.ts says
npm run bench -- --runs 25          more rounds than 15
npm run bench -- --only node,quality  some sections, printed only
npm run bench -- --only node --write  some sections, put into docs/benchmarks.md
npm run bench -- --only node --tasks 1,4  some rows of those that compare contenders, printed only
npm run load -- --minutes 10        the section under load alone, its mixture for longer than half a minute`;

const here = dirname(fileURLToPath(import.meta.url));
/** Where photos are looked for first. */
const PHOTOS = join(here, "../../shared/bench");

/** The peers are heavy and nothing else needs them, so an installation of the project leaves them out. */
function installPeers(): void {
  if (existsSync(join(here, "node_modules/sharp"))) return;
  execFileSync("npm", ["ci", "--prefix", here], { stdio: "inherit" });
}

const { values } = parseArgs({
  options: {
    photos: { type: "string" },
    runs: { type: "string", default: "15" },
    minutes: { type: "string", default: "0.5" },
    only: { type: "string" },
    tasks: { type: "string" },
    write: { type: "boolean", default: false },
    help: { type: "boolean" },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  installPeers();
  const { run } = await import("./run.ts");
  const photos = values.photos ?? (existsSync(PHOTOS) ? PHOTOS : undefined);
  await run({
    photos,
    rounds: Math.max(1, Number(values.runs)),
    minutes: Math.max(0.1, Number(values.minutes)),
    write: values.write,
    only: values.only?.split(","),
    tasks: values.tasks?.split(",").map(Number),
  });
}
