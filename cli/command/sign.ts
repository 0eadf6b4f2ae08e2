import { parseAddress, textOf } from "../address.ts";
import { baseOf } from "../base.ts";
import { misuse } from "../cli-error.ts";
import { command } from "../command.ts";
import { checkParameters } from "../edit.ts";
import { SIGNING_FLAGS, signingOf } from "../signing.ts";

export const sign = command({
  name: "sign",
  about: "Signs URLs of /display, /get, /redirect and /explain, in the form that they have.",
  words: ["URL..."],
  flags: SIGNING_FLAGS,
  examples: [
    "edgefit sign https://pics.example.com/display/resize/800x/a.jpg",
    "edgefit sign '/display?path=a.jpg&op=resize&w=800' --expires 7d",
  ],
  async run({ words, flags, io }) {
    const signing = await signingOf(flags, io);
    if (!signing) throw misuse("Cannot sign without a secret: expected EDGEFIT_SECRET or --secret-from NAME");
    const base = baseOf(flags, io) ?? "";
    const addresses = words.map(parseAddress);
    for (const { parameters } of addresses) checkParameters(parameters);
    const urls = await Promise.all(
      addresses.map((address) => textOf({ ...address, base: address.base || base }, signing)),
    );
    return { text: urls.join("\n"), json: { urls } };
  },
});
