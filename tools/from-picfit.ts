import { configurationIn } from "./from-picfit/json.ts";
import { report } from "./from-picfit/report.ts";
import { translate } from "./from-picfit/translate.ts";

const USAGE = "Usage: node tools/from-picfit.ts config.json";

const [path] = process.argv.slice(2);
if (path === undefined || path.startsWith("-")) {
  console.error(USAGE);
  process.exitCode = path === "--help" ? 0 : 2;
} else {
  try {
    console.log(report(translate(await configurationIn(path))));
  } catch (cause) {
    console.error(`Cannot translate ${path}: ${cause instanceof Error ? cause.message : cause}`);
    process.exitCode = 1;
  }
}
