import { expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { describePage, PATIENCE, PHONE, usePages, web } from "../support/browser.ts";
import { openPlayground } from "../support/playground.ts";

const FULL =
  "#path=landscape.jpg&op=op:crop+x:10+w:300&op=op:fit+w:200&op=op:flat+path:badge.png+stick:top-left+w:50&op=op:rotate&op=op:effect+filter:blur&fmt=webp&q=70&bg=fff";

describePage("axe finds nothing", () => {
  const newPage = usePages();

  it.for(["light", "dark"] as const)("on the page without a picture, %s", async (colorScheme) => {
    const page = await newPage({ colorScheme });
    await page.route(/\/display/, (route) => route.fulfill({ status: 404, body: "{}" }));
    await page.goto(web.origin);
    await page.getByText("No sample pictures can be shown").waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it.for([
    ["light", "on a desk", {}],
    ["dark", "on a desk", {}],
    ["light", "on a phone", PHONE],
  ] as const)("on the page with all of its parts, %s, %s", async ([colorScheme, , screen]) => {
    const page = await newPage({ colorScheme, ...screen });
    await openPlayground(page, FULL);
    await page.getByText("Owner’s keys").click();
    await page.getByLabel("Signing secret").fill("abc");
    await page.getByText("Browse the storage").click();
    await page.getByRole("button", { name: "Hints" }).click();
    await page.getByRole("button", { name: /^badge\.png .*B$/ }).waitFor();
    await expect.poll(() => page.getByText("Canonical form").count(), PATIENCE).toBe(1);
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole("button", { name: "Crop", exact: true }).click();
    await page.locator(".rectangle").waitFor();
    await page.getByLabel("Path or address").fill("absent.png");
    await page.keyboard.press("Enter");
    await page.locator(".canvas .problem").waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
