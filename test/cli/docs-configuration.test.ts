import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadWrangler, readProject } from "../../cli/doctor/project.ts";
import { readConfig } from "../../src/env.ts";
import { examplesFor } from "../support/claims.ts";

/** What a block stands in: the rest of a wrangler.toml. */
const FRAME = `name = "edgefit"\nmain = "index.ts"\ncompatibility_date = "2026-10-01"\n`;

/** A block that begins with a variable is what stands below `[vars]`. */
const framed = (block: string): string => `${FRAME}${/^[A-Z_]+ =/.test(block) ? "[vars]\n" : ""}${block}`;

/** Names that stand in the place of a credential. */
const secretsOf = (block: string): string[] => [...block.matchAll(/"\$([A-Z0-9_]+)"/g)].map(([, name]) => name);

const folder = mkdtempSync(join(tmpdir(), "edgefit-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the documents", () => {
  it.for(examplesFor("configurations"))("$document: $text", async ({ text }) => {
    const file = join(folder, "wrangler.toml");
    writeFileSync(file, framed(text));
    const { env } = readProject(file, { secrets: [] }, await loadWrangler());
    const secrets = Object.fromEntries(secretsOf(text).map((secret) => [secret, "a secret of sixteen bytes"]));
    expect(() => readConfig({ ...secrets, ...env })).not.toThrow();
  });
});
