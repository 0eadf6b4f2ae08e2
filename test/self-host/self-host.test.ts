import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "../cli/support/picture.ts";
import { freePort } from "../support/free-port.ts";

const ROOT = join(import.meta.dirname, "../..");

let folder: string;
let origin: string;
let host: ChildProcess;

/** npm run self-host, with folders of its own, once it answers. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edgefit-self-host-"));
  await writeFile(join(folder, "a b é.png"), png(60, 40, [200, 40, 90]));
  const listen = `127.0.0.1:${await freePort()}`;
  origin = `http://${listen}`;
  const args = ["--source", folder, "--results", join(folder, "results"), "--listen", listen, "--var", "QUALITY=70"];
  host = spawn(process.execPath, [join(ROOT, "tools/self-host.ts"), ...args], { stdio: "ignore" });
  while (!(await fetch(`${origin}/healthcheck`).catch(() => undefined))?.ok) {
    if (host.exitCode !== null) throw new Error(`npm run self-host ended with ${host.exitCode}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}, 120_000);

afterAll(async () => {
  host.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

describe("npm run self-host", () => {
  it("makes a picture of a folder, keeps it in another, and finds it again", async () => {
    const url = `${origin}/display/resize/30x/${encodeURIComponent("a b é.png")}`;
    const [made, stored] = [await fetch(url), await fetch(url)];
    expect([made.status, made.headers.get("x-cache"), stored.headers.get("x-cache")]).toEqual([200, "made", "stored"]);
    expect(await stored.arrayBuffer()).toEqual(await made.arrayBuffer());
    expect(
      (await readdir(join(folder, "results"), { recursive: true })).filter((name) => name.endsWith(".png")),
    ).toHaveLength(1);
  });

  it("shows nothing of other folders", async () => {
    const url = `${origin}/display/noop/x/..%2f..%2fetc%2fpasswd`;
    expect([400, 404]).toContain((await fetch(url)).status);
  });

  it("shows browsers the playground, whose script has a type", async () => {
    const page = await (await fetch(`${origin}/`, { headers: { accept: "text/html" } })).text();
    const [script] = /\/assets\/playground-[A-Z0-9]+\.js/.exec(page) ?? [];
    expect((await fetch(`${origin}${script}`)).headers.get("content-type")).toMatch(/^text\/javascript/);
  });
});
