import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const TOOLS = join(import.meta.dirname, "../../tools");
const folder = await mkdtemp(join(tmpdir(), "edgefit-faults-"));
afterAll(() => rm(folder, { recursive: true }));
const file = join(folder, "a.png");
await writeFile(file, "no picture");

async function run(tool: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(TOOLS, `${tool}.ts`), ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  const err: string[] = [];
  child.stderr.on("data", (data) => err.push(String(data)));
  const [code] = await once(child, "close");
  return { code, err: err.join("") };
}

describe("a tool that cannot go on says why in one line", () => {
  it.for([
    ["start", ["--prot", "9000"], {}, 2, "Unknown option '--prot'"],
    ["start", ["--port", "abc"], {}, 1, "Cannot use port abc: expected a number from 1 to 65535"],
    ["start", ["--port", "0"], {}, 1, "Cannot use port 0"],
    ["start", ["--source", file], {}, 1, "expected a folder of pictures"],
    ["self-host", ["--source", file], {}, 1, "expected a folder of pictures"],
    ["self-host", ["--source", folder, "--var", "QUALITY"], {}, 1, "Cannot read --var QUALITY: expected NAME=value"],
    ["migrate", ["--postgress"], {}, 2, "Unknown option '--postgress'"],
    ["migrate", ["--postgres"], {}, 1, "expected DATABASE_URL=postgres://"],
    ["migrate", ["--postgres"], { DATABASE_URL: "postgres://me:hush#x@db.test/x" }, 1, "expected DATABASE_URL"],
    ["migrate", ["--postgres"], { DATABASE_URL: "postgres://me:hush%@127.0.0.1/x" }, 1, "expected DATABASE_URL"],
    ["migrate", ["--postgres"], { DATABASE_URL: "postgres://me:hush@127.0.0.1:1/x" }, 1, "Cannot migrate: connect"],
    ["import-avatars", ["--to", "avatars.test"], {}, 1, "expected --to URL"],
    ["import-avatars", ["--form", "x"], {}, 2, "Unknown option '--form'"],
    ["set-default", [], {}, 2, ""],
    ["set-default", [file], {}, 1, "expected JWT_SECRET"],
    ["set-default", [`${file}x`], { JWT_SECRET: "hush" }, 1, "ENOENT"],
    ["set-default", [file, "--url", "http://127.0.0.1:2"], { JWT_SECRET: "hush" }, 1, "fetch failed: connect"],
    ["set-default", [file, "--url", "avatars"], { JWT_SECRET: "hush" }, 1, "Cannot use avatars"],
  ] as const)("%s %j %j", async ([tool, args, env, code, message]) => {
    const ended = await run(tool, args, env);
    expect(ended).toEqual({ code, err: expect.stringContaining(message) });
    expect(ended.err).toMatch(/^(?:.*\n)?$/);
    expect(ended.err).not.toContain("hush");
  });

  it("start, where somebody else is at the port", async () => {
    const server = createServer().listen(0, "localhost");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const ended = await run("start", ["--port", String(port)]);
    server.close();
    expect(ended).toEqual({ code: 1, err: expect.stringContaining(`Cannot use port ${port}`) });
  });
});
