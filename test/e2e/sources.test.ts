import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { faulty } from "../support/faulty.ts";
import { originUrl } from "../support/origin.ts";
import { service } from "../support/service.ts";

const SECRET = "let-me-in";
const STORAGE = { src: { type: "r2", binding: "SOURCE", location: "media" } };
const vars = { ENABLE_LIST: "1", UPLOAD_SECRET: SECRET, STORAGE };
const owner = { headers: { authorization: `Bearer ${SECRET}` } };

const PATHS = ["a.jpg", "b/c.png", "b/d/e.png", "f g.gif", "ü.png"];

beforeAll(async () => {
  for (const path of PATHS) await env.SOURCE.put(`media/${path}`, path);
  await env.SOURCE.put("mediabox/secret.jpg", "another's");
  await env.SOURCE.put("secret.jpg", "another's");
});

interface Page {
  readonly data: { path: string; size: number; modified: string }[];
  readonly folders: string[];
  readonly next_cursor: string | null;
  readonly error: null;
}

async function page(query: string): Promise<Page> {
  const response = await service(vars).fetch(`/sources${query}`, owner);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  return response.json();
}

const pathsOf = ({ data }: Page) => data.map(({ path }) => path);

describe("GET /sources", () => {
  it("tells what lies in the source storage, below its location", async () => {
    expect(await page("")).toEqual({
      data: [
        { path: "a.jpg", size: 5, modified: expect.stringMatching(/^20[0-9-]{8}T[0-9:.]{12}Z$/) },
        { path: "f g.gif", size: 7, modified: expect.any(String) },
        { path: "ü.png", size: 6, modified: expect.any(String) },
      ],
      folders: ["b/"],
      next_cursor: null,
      error: null,
    });
  });

  it.for([
    ["?prefix=/", ["a.jpg", "f g.gif", "ü.png"], ["b/"]],
    ["?prefix=b", [], ["b/"]],
    ["?prefix=b/", ["b/c.png"], ["b/d/"]],
    ["?prefix=/b/d/", ["b/d/e.png"], []],
    ["?prefix=%C3%BC", ["ü.png"], []],
    ["?prefix=x", [], []],
  ] as const)("%s", async ([query, paths, folders]) => {
    const found = await page(query);
    expect([pathsOf(found), found.folders]).toEqual([paths, folders]);
  });

  it("goes on from the cursor", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const found: Page = await page(`?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...pathsOf(found), ...found.folders);
      expect(pathsOf(found).length + found.folders.length).toBe(1);
      cursor = found.next_cursor;
    }
    expect(seen).toEqual(["a.jpg", "b/", "f g.gif", "ü.png"]);
  });

  it("asks the storage once, for no more than a page", async () => {
    const { proxy, calls } = faulty(env.SOURCE);
    await service({ ...vars, SOURCE: proxy }).fetch("/sources?limit=2", owner);
    expect(calls).toEqual(["list"]);
  });

  it.for([
    ["?limit=0", 400, "invalid_parameter"],
    ["?limit=201", 400, "invalid_parameter"],
    ["?limit=ten", 400, "invalid_parameter"],
    ["?prefix=../", 400, "invalid_path"],
    ["?prefix=b/../../", 400, "invalid_path"],
    ["?prefix=//", 400, "invalid_path"],
    ["?prefix=%00", 400, "invalid_path"],
    ["?prefix=b/&cursor=a.jpg", 400, "invalid_cursor"],
  ] as const)("refuses %s", async ([query, status, code]) => {
    const response = await service(vars).fetch(`/sources${query}`, owner);
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  it.for([
    ["without ENABLE_LIST", { ...vars, ENABLE_LIST: undefined }, owner, 403, "route_disabled"],
    ["without a secret", { ...vars, UPLOAD_SECRET: undefined }, owner, 403, "route_disabled"],
    ["without a token", vars, {}, 401, "missing_token"],
    ["with another token", vars, { headers: { authorization: "Bearer let-me-im" } }, 401, "invalid_token"],
    ["from elsewhere", { ...vars, ALLOWED_IP_ADDRESSES: "192.0.2.1" }, owner, 401, "address_not_allowed"],
    ["of no storage", { ...vars, STORAGE: undefined }, owner, 403, "route_disabled"],
    [
      "of a web server",
      { ...vars, STORAGE: { src: { type: "http", base_url: originUrl } } },
      owner,
      403,
      "route_disabled",
    ],
  ] as const)("is closed %s", async ([, closed, init, status, code]) => {
    const response = await service(closed).fetch("/sources", init);
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  it("is open to all where UPLOAD_OPEN says so", async () => {
    const response = await service({ ...vars, UPLOAD_SECRET: undefined, UPLOAD_OPEN: "1" }).fetch("/sources");
    expect(response.status).toBe(200);
  });

  it("is 503 where the storage fails", async () => {
    const SOURCE = { list: () => Promise.reject(new Error("10001")) };
    const response = await service({ ...vars, SOURCE }).fetch("/sources", owner);
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({ code: "storage_unavailable" }),
    ]);
  });
});
