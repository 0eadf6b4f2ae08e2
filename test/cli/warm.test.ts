import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { Io } from "../../cli/io.ts";
import { readEntries } from "../../cli/warm/entries.ts";
import { edgefit, OWNER, printed, workerUrl } from "./support/edgefit.ts";

const folder = await mkdtemp(join(tmpdir(), "edgefit-warm-"));
afterAll(() => rm(folder, { recursive: true }));

/** A file of these lines. */
async function file(name: string, ...lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.join("\n"));
  return path;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers so, for as long as `use` takes. */
async function withServer<T>(answer: Answer, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("edgefit warm", () => {
  it("has made what srcset offers, and says what was there", async () => {
    const list = await file("list", "# two", "a.png", "", "a b/é?.png", "missing.png");
    const flags = ["--widths", "21,22", "--formats", "webp"];
    const first = await edgefit(["warm", list, ...flags, "--json"]);
    expect(first.code).toBe(1);
    const { failed, ...counts } = JSON.parse(first.out);
    expect(counts).toEqual({ made: 8, stored: 0, before: 0 });
    expect(failed).toHaveLength(4);
    expect(failed[0]).toEqual({
      url: expect.stringContaining("missing.png"),
      reason: expect.stringContaining("404 not_found"),
    });
    const { srcset } = JSON.parse(await printed(["srcset", "a.png", ...flags, "--json"])).sources[0];
    for (const each of srcset.split(", "))
      expect((await fetch(each.split(" ")[0])).headers.get("x-cache")).toMatch(/edge|stored/);
    const second = await edgefit(["warm", list, ...flags]);
    expect(second.out).toContain("12 asked for: 0 made, 8 stored, 4 failed");
  });

  it("goes on where the last run stopped", async () => {
    const state = join(folder, "state");
    await file("state", "/display/resize/23x/a.png", "");
    const run = () =>
      printed(["warm", "-", "--op", "resize", "--width", "23", "--state", state], { input: "a.png\nb.png\na.png\n" });
    expect(await run()).toBe("1 asked for: 1 made, 0 stored, 0 failed, 1 done before");
    expect(await run()).toBe("0 asked for: 0 made, 0 stored, 0 failed, 2 done before");
    expect(await readFile(state, "utf8")).toBe("/display/resize/23x/a.png\n/display/resize/23x/b.png\n");
  });

  it("keeps what a state file has in its last line, ended or not", async () => {
    const state = await file("unended", "/display/noop/x/z.png\r", "/display/resize/26x/a.png");
    const run = () =>
      printed(["warm", "-", "--op", "resize", "--width", "26", "--state", state], { input: "a.png\nb.png\n" });
    expect(await run()).toContain("1 asked for: 1 made, 0 stored, 0 failed, 1 done before");
    expect(await run()).toContain("0 asked for: 0 made, 0 stored, 0 failed, 2 done before");
  });

  it.for([".", "absent/state"])("asks for nothing where it cannot keep its state in %s", async (name) => {
    const asked: unknown[] = [];
    const count: Answer = ({ url }, response) => void [asked.push(url), response.end()];
    await withServer(count, async (base) => {
      const args = ["warm", "-", "--base", base, "--state", join(folder, name)];
      const { code, err } = await edgefit(args, { input: "a.png" });
      expect([code, err]).toEqual([1, expect.stringContaining(`Cannot use ${join(folder, name)} as state: E`)]);
    });
    expect(asked).toEqual([]);
  });

  it.for(["/display/%zz", "/get?path=a&path=b&op=noop"])("tells that the line %s is wrong", async (line) => {
    const { code, err } = await edgefit(["warm", "-"], { input: `a.png\n${line}\n` });
    expect([code, err]).toEqual([2, expect.stringContaining(`Cannot ask for ${line}: `)]);
  });

  it("asks for URLs of the Worker as they are", async () => {
    const url = await printed(["url", "a.png", "--width", "24"]);
    const list = await file("urls", url, "/display/resize/24x/b.png", `${workerUrl}/display?path=c.png&op=resize&w=24`);
    expect(await printed(["warm", list, "--width", "7"])).toBe("3 asked for: 3 made, 0 stored, 0 failed");
    expect((await fetch(url)).headers.get("x-cache")).toMatch(/edge|stored/);
  });

  it("waits for a busy Worker as long as it says, then gives up", async () => {
    const asked: number[] = [];
    const busy: Answer = ({ url }, response) => {
      asked.push(Date.now());
      const late = url?.includes("late") && asked.length > 1;
      response.writeHead(late ? 200 : 503, { "retry-after": "1", "x-cache": "made" }).end();
    };
    await withServer(busy, async (base) => {
      expect(await printed(["warm", "-", "--base", base], { input: "late.png" })).toContain("1 made");
      expect(asked[1] - asked[0]).toBeGreaterThanOrEqual(900);
      const { code, out } = await edgefit(["warm", "-", "--base", base, "--retries", "0"], { input: "never.png" });
      expect([code, out]).toEqual([1, expect.stringContaining("/display/noop/x/never.png: 503")]);
    });
  });

  it("asks for so many at a time, and no more", async () => {
    let [now, most] = [0, 0];
    const slow: Answer = (_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => void [now--, response.end()], 40);
    };
    const input = Array.from({ length: 12 }, (_, at) => `${at}.png`).join("\n");
    await withServer(slow, async (base) => {
      await printed(["warm", "-", "--base", base, "--parallel", "3"], { input });
      expect(most).toBe(3);
    });
  });

  it("fails where nobody answers", async () => {
    const ended = await edgefit(["warm", "-", "--base", "http://127.0.0.1:1", "--retries", "1"], { input: "a.png" });
    expect([ended.code, ended.out]).toEqual([1, expect.stringContaining("Cannot reach")]);
  });

  it.for([
    [["/nowhere"], 1, "Cannot read /nowhere"],
    [["-", "--parallel", "0"], 2, "--parallel"],
    [["-", "--op", "turn"], 2, "Cannot run turn"],
    [["-", "--widths", "4", "--op", "rotate"], 2, "Cannot offer widths"],
  ] as const)("%j is refused", async ([args, code, message]) => {
    const ended = await edgefit(["warm", ...args]);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(message);
  });
});

const io = { stdin: async () => "" } as unknown as Io;
const XML = '<?xml version="1.0" encoding="UTF-8"?>';

describe("sitemaps", () => {
  it("lead to the pictures of their pages", async () => {
    const sitemap = `${XML}\n<!-- made today -->\n<urlset xmlns:image="x"><url><loc>https://x.test/page</loc>
      <image:image><image:loc> https://x.test/a.png?b=1&amp;c=2 </image:loc></image:image>
      <image:image><image:loc><![CDATA[https://x.test/b&c.png]]></image:loc></image:image></url></urlset>`;
    expect(await readEntries(await file("a.xml", sitemap), io)).toEqual([
      "https://x.test/a.png?b=1&c=2",
      "https://x.test/b&c.png",
    ]);
  });

  it.for([
    '<?xml-stylesheet type="text/xsl" href="//x.test/main-sitemap.xsl"?>',
    '\n<?xml-stylesheet type="text/xsl" href="https://x.test/wp-sitemap.xsl" ?>\n<!-- one > two -->\n',
  ])("may begin with %s, as those of WordPress do", async (instruction) => {
    const text = `${XML}${instruction}<urlset><url><loc>https://x.test/a?b=1&#038;c=2&#x26;d</loc></url></urlset>`;
    expect(await readEntries(await file("wordpress.xml", text), io)).toEqual(["https://x.test/a?b=1&c=2&d"]);
  });

  it("lead to no file of this machine", async () => {
    const secret = await file("secret.txt", "a secret");
    const text = `<sitemapindex><sitemap><loc>${secret}</loc></sitemap></sitemapindex>`;
    await expect(readEntries(await file("files.xml", text), io)).rejects.toThrow(`Cannot follow ${secret}`);
  });

  it.for([
    ["/gone.xml", "the answer is 404"],
    ["/page", "expected a sitemap, or a list"],
    ["/sitemap.xml.gz", "its gzip is damaged"],
  ] as const)("%s is refused: %s", async ([path, reason]) => {
    const serve: Answer = ({ url }, response) => {
      if (url === "/page") response.end("\n<!doctype html>\n<title>Hello</title>");
      else if (url === "/sitemap.xml.gz") response.end(gzipSync("a.png").subarray(0, 12));
      else response.writeHead(404).end();
    };
    await withServer(serve, (base) =>
      expect(readEntries(base + path, io)).rejects.toThrow(`Cannot read ${base}${path}: ${reason}`),
    );
  });

  it("name pictures as their pages, and further sitemaps, by HTTP and in gzip", async () => {
    const answers: Record<string, string> = {
      "/pages.xml": `${XML}<urlset><url><loc>https://x.test/a.png</loc></url></urlset>`,
      "/list.txt": "c.png\n",
    };
    const serve: Answer = ({ url = "", headers: { host } }, response) => {
      const named = (...paths: readonly string[]) =>
        `<sitemapindex>${paths.map((path) => `<sitemap><loc>http://${host}${path}</loc></sitemap>`).join("")}</sitemapindex>`;
      if (url === "/index.xml.gz") response.end(gzipSync(XML + named("/pages.xml", "/list.txt")));
      else response.end(url === "/loop.xml" ? named("/loop.xml") : answers[url]);
    };
    await withServer(serve, async (base) => {
      expect(await readEntries(`${base}/index.xml.gz`, io)).toEqual(["https://x.test/a.png", "c.png"]);
      await expect(readEntries(`${base}/loop.xml`, io)).rejects.toThrow("deeper than 3");
    });
  });
});

describe("edgefit purge", () => {
  it("has everything made again", async () => {
    const url = await printed(["url", "c.png", "--width", "25"]);
    await (await fetch(url)).arrayBuffer();
    const removed = await printed(["purge", "c.png"]);
    expect(removed).toMatch(/^c\.png: [1-9][0-9]* removed$/);
    expect(JSON.parse(await printed(["purge", "c.png", "https://x.test/a.png", "--json"])).purged).toEqual([
      { source: "c.png", removed: 0 },
      { source: "https://x.test/a.png", removed: 0 },
    ]);
  });

  it("needs no secret of a Worker that is open", async () => {
    const open: Answer = ({ headers }, response) =>
      response.end(JSON.stringify({ data: { removed: headers.authorization === undefined ? 2 : 0 } }));
    await withServer(open, async (base) => {
      expect(await printed(["purge", "a.png", "--base", base], { env: {} })).toBe("a.png: 2 removed");
    });
    const { EDGEFIT_UPLOAD_SECRET: _, ...env } = OWNER;
    expect(await edgefit(["purge", "c.png"], { env })).toMatchObject({
      code: 1,
      err: expect.stringContaining("401 missing_token"),
    });
  });

  it("needs the right secret", async () => {
    const env = { ...OWNER, EDGEFIT_UPLOAD_SECRET: "another" };
    expect(await edgefit(["purge", "c.png"], { env })).toMatchObject({
      code: 1,
      err: expect.stringContaining("401 invalid_token"),
    });
  });
});
