import { expect, it } from "vitest";
import { examplesFor } from "../../support/claims.ts";
import { EXP } from "../../support/token.ts";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { createDesk, newId, tokenOf } from "../support/desk.ts";

const FOR_ONE = newId();

/** Tokens, and why each is of no use. */
const USELESS: readonly (readonly [token: string, reason: RegExp])[] = [
  ["junk", /three parts/],
  ["e30.e3.x", /damaged/],
  [tokenOf({ hash: FOR_ONE, exp: undefined }), /how long/],
  [tokenOf({ hash: FOR_ONE, exp: 1_500_000_000 }), /was good until/],
  [tokenOf({ hash: FOR_ONE, nbf: EXP - 1 }), /not good before/],
  [tokenOf({ hash: "*" }), /whose avatar/],
  [tokenOf({ hash: FOR_ONE, scope: "avatar:list" }), /not allow/],
];

describePage("the token of the page of avatars", () => {
  const newPage = usePages();

  it("of a link is taken out of the address at once, told of in words, and kept nowhere", async () => {
    const { page, open, id } = await createDesk(newPage, {}, { scope: "avatar:write" });
    await open();
    expect(page.url()).toBe(`${web.origin}/avatars`);
    const facts = await page.locator(".facts").textContent();
    expect(facts).toContain(`${id.slice(0, 8)}…${id.slice(-6)}`);
    expect(facts).toMatch(/SHA-1.*changing.*2100/);
    expect(await page.evaluate(() => history.state)).toBeNull();
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      "",
    ]);
  });

  it("is sent as Authorization and in no other way", async () => {
    const page = await newPage();
    const sent: string[] = [];
    page.on("request", (request) => sent.push(`${request.url()} ${request.headers().referer} ${request.postData()}`));
    await page.goto(`${web.origin}/avatars`);
    const token = tokenOf({ sub: newId().toUpperCase() });
    const asked = page.waitForRequest(/\/revisions$/);
    await page.getByLabel("Token").fill(`Bearer ${token}`);
    expect((await asked).headers().authorization).toBe(`Bearer ${token}`);
    await page.getByRole("heading", { name: "New picture" }).waitFor();
    expect(sent.filter((request) => request.includes(token))).toEqual([]);
  });

  it("is forgotten when another one is wanted", async () => {
    const { page, open } = await createDesk(newPage);
    await open();
    await page.getByRole("button", { name: "Another token" }).click();
    expect(await page.locator("#token:focus").inputValue()).toBe("");
    expect(await page.getByRole("heading", { name: "New picture" }).count()).toBe(0);
  });

  it("is refused with the reason", async () => {
    const page = await newPage();
    await page.goto(`${web.origin}/avatars`);
    for (const [token, reason] of USELESS) {
      await page.getByLabel("Token").fill(token);
      await page.getByRole("button", { name: "Use this token" }).click();
      expect(await page.getByRole("alert").textContent()).toMatch(reason);
      expect(await page.locator("#token").getAttribute("aria-invalid")).toBe("true");
    }
  });

  it("of a link that is followed while the page is open takes the place of the other", async () => {
    const { page, open } = await createDesk(newPage);
    await open();
    const id = newId();
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `token=${tokenOf({ hash: id })}`,
    );
    await expect.poll(() => page.locator(".facts").textContent(), PATIENCE).toContain(id.slice(-6));
    expect(page.url()).toBe(`${web.origin}/avatars`);
  });

  it("that the server does not accept is told of in its words", async () => {
    const page = await newPage();
    const noAvatar = page.waitForResponse(/\/api\/avatars\/\w+$/);
    await page.route("**/revisions", async (route) => {
      await noAvatar;
      await route.continue();
    });
    await page.goto(`${web.origin}/avatars#token=${tokenOf({ hash: newId() }, "another secret of 32 characters.")}`);
    expect(await page.getByRole("alert").textContent()).toMatch(/does not accept this token.*invalid_token/);
    await page.getByRole("button", { name: "Give another token" }).click();
    expect(await page.getByLabel("Token").isVisible()).toBe(true);
  });

  it.for(examplesFor("page"))("is taken from where the documents put it: $text", async ({ text }) => {
    const page = await newPage();
    const link = text.trim().replace("https://avatars.example.com", web.origin);
    await page.goto(link.replace("TOKEN", tokenOf({ hash: newId() })));
    await page.getByRole("heading", { name: "New picture" }).waitFor();
  });

  it("of several avatars lets one be chosen", async () => {
    const page = await newPage();
    const [first, second] = [newId(), newId()];
    await page.goto(`${web.origin}/avatars#token=${tokenOf({ hash: [first, second] })}`);
    await page.getByLabel("Id", { exact: true }).selectOption(second);
    await expect.poll(() => page.locator(".snippet code").first().textContent(), PATIENCE).toContain(second);
  });

  it("of all avatars asks which one", async () => {
    const page = await newPage();
    await page.goto(`${web.origin}/avatars#token=${tokenOf({ hash: "*", scope: "avatar:admin" })}`);
    await page.getByLabel("Id", { exact: true }).fill(newId());
    await page.getByRole("heading", { name: "New picture" }).waitFor();
  });

  it("that may only delete shows nothing that it may not do", async () => {
    const { page, open } = await createDesk(newPage, {}, { scope: "avatar:delete" });
    await open();
    expect(await page.locator("input[type=file]").isDisabled()).toBe(true);
    expect(await page.getByText("does not allow to change").isVisible()).toBe(true);
  });
});
