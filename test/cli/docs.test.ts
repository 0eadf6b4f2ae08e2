import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../cli/commands.ts";
import { VARIABLES } from "../../cli/help.ts";
import { examplesFor } from "../support/claims.ts";
import { DOCUMENTS } from "../support/documents.ts";
import { OWNER } from "./support/edgefit.ts";
import { png } from "./support/picture.ts";
import { changedProject, removeProject } from "./support/project.ts";

const ROOT = join(import.meta.dirname, "../..");
describe("docs/client.md", () => {
  const blocks = examplesFor("client").map(({ text }) => text);
  const folder = join(ROOT, ".edgefit", "client-docs");
  const files = blocks.map((_, at) => join(folder, `${at}.ts`));

  beforeAll(async () => {
    await mkdir(folder, { recursive: true });
    for (const [at, file] of files.entries()) await writeFile(file, asTest(blocks[at]));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.for(files)("%s says what comes out", async (file) => void (await import(file)));

  it("type-checks", { timeout: 60_000 }, async () => {
    const options = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2024"];
    const modules = ["--module", "esnext", "--moduleResolution", "bundler", "--types", "node"];
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [tsc, ...options, ...modules, ...files], { cwd: ROOT });
  });
});

const PREAMBLE = `import { edgefit } from "edgefit/client";
const pics = edgefit({ base: "https://pics.example.com" });
`;

/** An expression with a comment below it must give the text of the comment. */
function asTest(block: string): string {
  const tested = block.replace(/((?:^[^\n/][^\n]*\n)+)^\/\/ (.*)$/gm, (_, lines: string, told: string) => {
    const at = lines.lastIndexOf(";\n", lines.length - 3) + 1;
    const expression = lines.slice(at).trim().replace(/;$/, "");
    return `${lines.slice(0, at)}\nexpect(await (${expression})).toBe(${JSON.stringify(told)});`;
  });
  const start = block.includes("edgefit({") && block.includes("import ") ? "" : PREAMBLE;
  return `import { expect } from "vitest";\n${start}${tested}\nexport {};\nexpect.anything();\n`;
}

describe("docs/cli.md", async () => {
  const markdown = DOCUMENTS["docs/cli.md"];
  const examples = examplesFor("command line").flatMap(({ text }) => linesWithOutput(text));
  const folder = await mkdtemp(join(tmpdir(), "edgefit-cli-docs-"));
  const project = await changedProject({
    toml: [
      ['compatibility_flags = ["nodejs_compat", "enable_request_signal"]', 'compatibility_flags = ["nodejs_compat"]'],
      ["[vars]\n", "[vars]\nQUALITY = 101\n"],
      ['dst = { type = "r2", binding = "DESTINATION" }', 'dst = { type = "r2", binding = "RESULTS" }'],
    ],
  });

  beforeAll(async () => {
    await mkdir(join(folder, "bin"));
    await symlink(join(ROOT, "cli/dist/edgefit.js"), join(folder, "bin/edgefit"));
    await symlink(project, join(folder, "my-worker"));
    await writeFile(join(folder, "pictures.txt"), "photos/a.png\nphotos/b.png\n");
    await writeFile(join(folder, "me.png"), png(60, 40, [0, 0, 255]));
    await writeFile(join(folder, "config.json"), "{}");
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await removeProject(project);
  });

  it.for(examples)("$line", { timeout: 60_000 }, async ({ line, told }) => {
    const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
    const env = { PATH, ...OWNER, ...(ASKING.test(line) ? {} : EXAMPLE) };
    const { stdout } = await promisify(execFile)("sh", ["-c", `(${line}) 2>&1; true`], { cwd: folder, env });
    expect(stdout).toMatch(told);
  });

  it("describes each command, and each variable", () => {
    for (const { name } of COMMANDS) expect(markdown).toMatch(new RegExp(`\`${name}\``));
    for (const variable of Object.keys(VARIABLES)) expect(markdown).toContain(`| \`${variable}\` |`);
  });
});

/** What talks to the Worker does not show where it is. */
const ASKING = /edgefit (?:warm|purge|put|get|rm) /;
const EXAMPLE = { EDGEFIT_URL: "https://pics.example.com", EDGEFIT_SECRET: "abcdef" };

/** Commands of a block, each with what it prints; `...` is anything. */
const linesWithOutput = (block: string) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [line, ...lines] = part.split("\n");
      return { line, told: new RegExp(`^${lines.map(escaped).join("\n")}$`) };
    });

const escaped = (line: string): string =>
  line
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/^\\\.\\\.\\\.$/, "[\\s\\S]*")
    .replaceAll("\\.\\.\\.", ".*");
