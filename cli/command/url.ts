import { textOf } from "../address.ts";
import { baseOf } from "../base.ts";
import { command } from "../command.ts";
import { editOf, formOf, parametersOf, sourceOf } from "../edit.ts";
import { EDIT_FLAGS, FORM_FLAGS } from "../edit-flags.ts";
import { SIGNING_FLAGS, signingOf } from "../signing.ts";

export const url = command({
  name: "url",
  about: "Builds the URL of a picture, signed where there is a secret.",
  words: ["PATH|URL"],
  flags: { ...EDIT_FLAGS, ...FORM_FLAGS, ...SIGNING_FLAGS },
  examples: [
    "edgefit url photos/a.jpg --op thumbnail --width 300 --height 300 --format webp",
    "edgefit url a.jpg --op resize,width=800 --op rotate,degrees=90",
  ],
  async run({ words: [source], flags, io }) {
    const parameters = parametersOf(sourceOf(source), editOf(flags));
    const address = { base: baseOf(flags, io) ?? "", ...formOf(flags), parameters };
    const text = await textOf(address, await signingOf(flags, io));
    return { text, json: { url: text } };
  },
});
