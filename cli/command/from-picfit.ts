import { configurationIn } from "../../tools/from-picfit/json.ts";
import { report } from "../../tools/from-picfit/report.ts";
import { type Translation, translate } from "../../tools/from-picfit/translate.ts";
import { failure } from "../cli-error.ts";
import { command } from "../command.ts";

export const fromPicfit = command({
  name: "from-picfit",
  about: "Translates the configuration of picfit; values of secrets are not printed.",
  words: ["FILE"],
  flags: {},
  examples: ["edgefit from-picfit config.json"],
  async run({ words: [file] }) {
    const translation = await translated(file);
    return { text: report(translation), json: translation };
  },
});

async function translated(file: string): Promise<Translation> {
  try {
    return translate(await configurationIn(file));
  } catch (cause) {
    throw failure(`Cannot translate ${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
