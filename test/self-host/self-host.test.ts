import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workerdConfig } from "../../tools/self-host/config.ts";
import { png } from "../cli/support/picture.ts";
import { type Copy, createCopy, type Running } from "../examples/support/copy.ts";
import { examplesFor, linesFor } from "../support/claims.ts";
import { freePort } from "../support/free-port.ts";

let copy: Copy;
let origin: string;
let host: Running;

/** The line of the documents, with an address and folders of its own, once it answers. */
beforeAll(async () => {
  copy = await createCopy();
  await mkdir(join(copy.folder, "my-pictures"));
  await writeFile(join(copy.folder, "my-pictures/a b é.png"), png(60, 40, [200, 40, 90]));
  const listen = `127.0.0.1:${await freePort()}`;
  origin = `http://${listen}`;
  const [line, ...others] = linesFor("self-host");
  const more = `./my-pictures --results results --listen ${listen} --var QUALITY=70`;
  host = await copy.start(line, `${origin}/healthcheck`, { written: { "./my-pictures": more } });
  expect(others).toEqual([]);
}, 120_000);

afterAll(() => copy.remove());

describe("npm run self-host", () => {
  it("makes a picture of a folder, keeps it in another, and finds it again", async () => {
    const url = `${origin}/display/resize/30x/${encodeURIComponent("a b é.png")}`;
    const [made, stored] = [await fetch(url), await fetch(url)];
    expect([made.status, made.headers.get("x-cache"), stored.headers.get("x-cache")]).toEqual([200, "made", "stored"]);
    expect(await stored.arrayBuffer()).toEqual(await made.arrayBuffer());
    expect(
      (await readdir(join(copy.folder, "results"), { recursive: true })).filter((name) => name.endsWith(".png")),
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

describe("workerdConfig()", () => {
  it("binds a secret that --var gives once, so that an absent one of the environment does not undo it", async () => {
    const { folder } = copy;
    const wranglerToml = await readFile(join(folder, "wrangler.toml"), "utf8");
    const folders = { sources: folder, results: folder, pages: folder, state: folder, worker: folder };
    const config = workerdConfig({
      ...folders,
      modules: ["index.js"],
      listen: "127.0.0.1:1",
      vars: { SECRET_KEY: "given" },
      wranglerToml,
    });
    expect(config.match(/name = "(?:SECRET_KEY|UPLOAD_SECRET)".*(?=\))/g)).toEqual([
      'name = "SECRET_KEY", text = "given"',
      'name = "UPLOAD_SECRET", fromEnvironment = "UPLOAD_SECRET"',
    ]);
  });
});

/** Where the documents have put it. */
const INSTALLED = "/srv/edgefit";

describe("a service of systemd that runs what was prepared", () => {
  const [{ text }, ...others] = examplesFor("service");
  const unitIn = (folder: string) => text.replaceAll(INSTALLED, folder);

  it("is one that systemd can read", async ({ skip }) => {
    const unit = join(copy.folder, "edgefit.service");
    await writeFile(unit, unitIn(copy.folder));
    const { error, status, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    skip(error !== undefined, "no systemd on this machine");
    // It tells of other units of the machine as well.
    const faults = stderr.split("\n").filter((line) => line.includes("edgefit.service"));
    expect([status, faults]).toEqual([0, []]);
  });

  it("serves with its environment", async () => {
    await host.stop();
    const settings = Object.fromEntries(
      [...unitIn(copy.folder).matchAll(/^(\w+)=(.*)$/gm)].map((line) => line.slice(1)),
    );
    const [name, value] = settings.Environment.split("=");
    await copy.start(settings.ExecStart, `${origin}/healthcheck`, { env: { [name]: value } });
    const url = `/display/resize/30x/${encodeURIComponent("a b é.png")}`;
    expect([name, (await fetch(origin + url)).status]).toEqual(["SECRET_KEY", 401]);
    expect(others).toEqual([]);
  });
});
