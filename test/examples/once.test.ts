import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workerUrl } from "../cli/support/edgefit.ts";
import { SECRETS } from "../cli/support/secrets.ts";
import { examplesFor, linesFor } from "../support/claims.ts";
import { type Copy, createCopy } from "./support/copy.ts";

let copy: Copy;

/** What a reader has at hand. */
beforeAll(async () => {
  copy = await createCopy();
  const [{ text }] = examplesFor("picfit");
  await writeFile(join(copy.folder, "config.json"), text);
  const secrets = Object.entries(SECRETS).map(([name, value]) => `${name}='${value}'`);
  await writeFile(join(copy.folder, ".dev.vars"), secrets.join("\n"));
});
afterAll(() => copy.remove());

/** What a line prints, and what a reader writes into it. */
const LINES: Readonly<Record<string, readonly [printed: RegExp, written?: Readonly<Record<string, string>>]>> = {
  "npm ci": [/packages? in/],
  // This is the run that the line starts, so there it is of no file.
  "npm ci && npm test": [/> vitest run/, { "npm test": "npm test -- --passWithNoTests no-such-test" }],
  "npx edgefit --help": [/^edgefit [\s\S]*doctor/],
  "npx edgefit COMMAND --help": [/^edgefit sign [\s\S]*edgefit sign/, { COMMAND: "sign" }],
  "npx edgefit doctor": [/0 faults, 0 warnings/],
  "npx edgefit doctor . https://pictures.example.com --secret SECRET_KEY": [
    /0 faults, 0 warnings/,
    { "https://pictures.example.com": workerUrl },
  ],
  "npm run --silent from-picfit -- /etc/picfit/config.json": [
    /^# For wrangler\.toml[\s\S]*\[vars\]\nSTORAGE = /,
    { "/etc/picfit/config.json": "config.json" },
  ],
};

describe("does what it says, and ends:", () => {
  it.for(linesFor("once"))("%s", { timeout: 60_000 }, async (line) => {
    const [printed, written = {}] = LINES[line];
    const { code, out } = await copy.run(line, { written });
    expect(out).toMatch(printed);
    expect(code).toBe(0);
  });
});
