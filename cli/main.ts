import { processIo } from "./io.ts";
import { run } from "./run.ts";

// Early versions of Node 20 do not have it, and the Worker's own code reads addresses by it.
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);

// Not exit(): what was written to a pipe must reach it.
process.exitCode = await run(process.argv.slice(2), processIo());
