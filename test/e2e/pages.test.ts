import { describe, expect, it } from "vitest";
import { service } from "../support/service.ts";

const BROWSER = { headers: { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" } };

const open = service();

describe("GET /", () => {
  it("shows a browser the playground, under a policy that lets nothing from elsewhere in", async () => {
    const response = await open.fetch("/", BROWSER);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(response.headers.get("vary")).toBe("Accept");
    expect(await response.text()).toMatch(/<script type="module" src="\/assets\/playground-[A-Z0-9]+\.js">/);
  });

  it("tells programs who answers", async () => {
    const response = await open.fetch("/", { headers: { accept: "*/*" } });
    expect(await response.json()).toMatchObject({ data: { name: "edgefit" } });
  });

  it("tells browsers too where there are no pages", async () => {
    const response = await service({ ENABLE_PAGES: false }).fetch("/", BROWSER);
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});

describe("GET /assets", () => {
  it("may be kept for ever", async () => {
    const page = await (await open.fetch("/avatars", BROWSER)).text();
    const [script] = /\/assets\/avatars-[A-Z0-9]+\.js/.exec(page) ?? [""];
    const response = await open.fetch(script);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("content-type")).toMatch(/javascript/);
  });

  it.for(["/assets/none.js", "/assets/", "/assets/%2e%2e/playground.html", "/assets/..%2fplayground.html"])(
    "has no %s",
    async (path) => expect((await open.fetch(path)).status).toBe(404),
  );
});
