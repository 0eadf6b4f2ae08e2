import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printed, workerUrl } from "../cli/support/edgefit.ts";
import { png } from "../cli/support/picture.ts";
import { SECRETS } from "../cli/support/secrets.ts";
import { linesFor } from "../support/claims.ts";
import { type Copy, createCopy } from "./support/copy.ts";

let copy: Copy;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  copy = await createCopy();
  for (const name of ["cat.jpg", "me.jpg"]) await writeFile(join(copy.folder, name), png(60, 40, [200, 40, 90]));
  env = { SECRET: SECRETS.UPLOAD_SECRET, TOKEN: await printed(["token", "curl@example.com"]) };
});
afterAll(() => copy.remove());

/** Another test puts a picture for the address of the documents. */
const SHOWN = "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976";
const OWN = createHash("sha256").update("curl@example.com").digest("hex");

/** What is answered to the first that fits. */
const ANSWERS: readonly (readonly [pattern: RegExp, answer: RegExp])[] = [
  [/\/healthcheck$/, /"status":"Ok"/],
  [/\/upload$/, /{"filename":"cat.jpg","path":"cat.jpg","url":/],
  [/\/sources\?/, /{"data":\[\],"folders":\[\],"next_cursor":null,"error":null}/],
  [/-X DELETE/, /Ok$/],
  [/\/purge\?/, /{"data":{"removed":0},"error":null}/],
  [/@me.jpg/, new RegExp(`{"data":{"hash":"${OWN}"`)],
];

describe("curl is answered", () => {
  it.for(linesFor("curl"))("%s", async (line) => {
    const [host] = /https:\/\/\w+\.example\.com/.exec(line) ?? [""];
    const written = { [host]: workerUrl, ...(line.includes(SHOWN) && { [SHOWN]: OWN }) };
    const { code, out } = await copy.run(line, { env, written });
    const [, answer = "a line that is known"] = ANSWERS.find(([pattern]) => pattern.test(line)) ?? [];
    expect(out).toMatch(answer);
    expect(code).toBe(0);
  });
});
