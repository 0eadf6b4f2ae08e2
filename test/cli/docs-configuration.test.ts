import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadWrangler, readProject } from "../../cli/doctor/project.ts";
import { readConfig } from "../../src/env.ts";

const DOCS = join(import.meta.dirname, "../../docs");
const NAMES = ["configuration", "deploy", "migrating-from-picfit", "observability"];

/** What a block stands in: the rest of a wrangler.toml. */
const FRAME = `name = "edgefit"\nmain = "index.ts"\ncompatibility_date = "2026-10-01"\n`;

/** A block that begins with a variable is what stands below `[vars]`. */
const framed = (block: string): string => `${FRAME}${/^[A-Z_]+ =/.test(block) ? "[vars]\n" : ""}${block}`;

/** Names that stand in the place of a credential. */
const secretsOf = (block: string): string[] => [...block.matchAll(/"\$([A-Z0-9_]+)"/g)].map(([, name]) => name);

const folder = mkdtempSync(join(tmpdir(), "edgefit-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Blocks of TOML, those of lists without their indent. */
const blocksOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^( *)```toml\n([\s\S]*?)^ *```$/gm)].map(([, indent, block]) =>
    block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );

describe.for(NAMES)("docs/%s.md", (name) => {
  const blocks = blocksOf(readFileSync(join(DOCS, `${name}.md`), "utf8"));

  it("shows configurations", () => expect(blocks.length).toBeGreaterThan(0));

  it.for(blocks)("%s", async (block) => {
    const file = join(folder, "wrangler.toml");
    writeFileSync(file, framed(block));
    const { env } = readProject(file, { secrets: [] }, await loadWrangler());
    const secrets = Object.fromEntries(secretsOf(block).map((secret) => [secret, "a secret of sixteen bytes"]));
    expect(() => readConfig({ ...secrets, ...env })).not.toThrow();
  });
});
