import { createHmac } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { expectResult, openPlayground, resultOf, shownUrl, snippet } from "../support/playground.ts";
import { SECRETS } from "../support/secrets.ts";

/** As docs/url.md says it: parameters sorted by name, those that repeat in their order. */
function signatureOf(url: string, digest: "sha1" | "sha256" = "sha1"): string {
  const pairs = [...new URL(url, web.closedOrigin).searchParams].filter(([name]) => name !== "sig");
  const query = new URLSearchParams(pairs.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))));
  return createHmac(digest, SECRETS.SECRET_KEY).update(query.toString().replaceAll("*", "%2A")).digest("hex");
}

async function paste(page: Page, label: string, secret: string): Promise<void> {
  const box = page.getByLabel(label);
  if (!(await box.isVisible())) await page.getByRole("heading", { name: "Owner’s keys" }).click();
  await box.fill(secret);
}

describePage("the owner’s keys", () => {
  const newPage = usePages();

  it("sign what the service wants signed: without them it refuses, with them it shows", async () => {
    const page = await newPage();
    await page.goto(`${web.closedOrigin}/#path=landscape.jpg&op=op:resize+w:120&op=op:rotate`);
    await expect
      .poll(() => page.locator(".canvas .problem").textContent(), PATIENCE)
      .toMatch(/401 .*invalid_signature/s);
    await paste(page, "Signing secret", SECRETS.SECRET_KEY);
    await expectResult(page, "90 x 120");
    const url = await shownUrl(page);
    expect(new URL(url, web.closedOrigin).searchParams.get("sig")).toBe(signatureOf(url));
    expect((await fetch(web.origin + url)).status).toBe(200);

    expect(await snippet(page, "Image", "60x")).toMatch(/\/display\/[0-9a-f]{40}\/resize\/60x\/landscape\.jpg/);
    await page.getByRole("radio", { name: "SHA-256" }).check({ force: true });
    await expect
      .poll(async () => new URL(await shownUrl(page), web.origin).searchParams.get("sig"), PATIENCE)
      .toBe(signatureOf(url, "sha256"));
  });

  it("stay in the browser, and are forgotten with the page", async () => {
    const page = await newPage();
    const sent: string[] = [];
    page.on("request", (request) => sent.push(JSON.stringify([request.url(), request.headers(), request.postData()])));
    await page.goto(web.closedOrigin);
    await paste(page, "Signing secret", SECRETS.SECRET_KEY);
    await resultOf(page).waitFor();
    const secrets = [SECRETS.SECRET_KEY, encodeURIComponent(SECRETS.SECRET_KEY), btoa(SECRETS.SECRET_KEY)];
    expect(sent.some((request) => request.includes("sig="))).toBe(true);
    expect(sent.filter((request) => secrets.some((secret) => request.includes(secret)))).toEqual([]);
    expect(page.url()).not.toContain("key");
    await page.reload();
    expect(await page.getByLabel("Signing secret").inputValue()).toBe("");
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0);
  });

  it("open the storage to be browsed", async () => {
    const page = await newPage();
    await page.goto(web.closedOrigin);
    await page.getByText("Browse the storage").click();
    const listing = page.locator(".listing");
    await expect.poll(() => listing.textContent(), PATIENCE).toMatch(/401 .*missing_token.*upload secret/s);
    await paste(page, "Upload secret", "wrong");
    await expect.poll(() => listing.textContent(), PATIENCE).toContain("invalid_token");
    await paste(page, "Upload secret", SECRETS.UPLOAD_SECRET);
    await paste(page, "Signing secret", SECRETS.SECRET_KEY);
    await listing.getByRole("button", { name: /^badge\.png .*B$/ }).click();
    expect(await page.getByLabel("Path or address").inputValue()).toBe("badge.png");
    await expectResult(page, "800 x 800");
  });

  it("are not needed to browse what is open to all", async () => {
    const page = await newPage();
    await openPlayground(page);
    await page.getByText("Browse the storage").click();
    await page
      .locator(".listing")
      .getByRole("button", { name: /^orbit\.gif/ })
      .click();
    await expectResult(page, "800 x 600");
    await expect.poll(() => shownUrl(page), PATIENCE).toContain("path=orbit.gif");
  });
});
