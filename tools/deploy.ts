// npm run deploy: uploads the Worker, which creates what it lacks, then brings its D1 database up to date.
import { ended, startWrangler } from "./wrangler.ts";

const args = process.argv.slice(2);
const uploaded = await ended(startWrangler(["deploy", ...args], "ask"));
const migrating = uploaded === 0 && !args.includes("--dry-run");
process.exitCode = migrating
  ? await ended(startWrangler(["d1", "migrations", "apply", "DB", "--remote"], "ask"))
  : uploaded;
