import { processIo } from "./io.ts";
import { run } from "./run.ts";

// Not exit(): what was written to a pipe must reach it.
process.exitCode = await run(process.argv.slice(2), processIo());
