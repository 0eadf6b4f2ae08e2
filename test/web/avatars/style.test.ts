import { expect, it } from "vitest";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { createDesk } from "../support/desk.ts";

describePage("the style where there is no picture", () => {
  const newPage = usePages();

  it("is chosen from live examples, and gives an address and HTML that work", async () => {
    const { page, open, id } = await createDesk(newPage);
    await open();
    await page.getByRole("radio", { name: "robohash" }).check();
    await page.getByLabel("Size in pixels").fill("120");
    const [address, html] = await page.locator(".snippet code").allTextContents();
    expect(address).toBe(`${web.origin}/avatar/${id}?s=120&d=robohash`);
    await page.setContent(html);
    const width = () => page.locator("img").evaluate((image) => (image as HTMLImageElement).naturalWidth);
    await expect.poll(width, PATIENCE).toBe(120);
  });

  it("needs no token", async () => {
    const page = await newPage();
    await page.goto(`${web.origin}/avatars`);
    await page.getByLabel("Drawn from").fill("Grace Hopper");
    await page.getByRole("radio", { name: "initials" }).check();
    await page.getByRole("textbox", { name: "Name" }).fill("Grace Hopper");
    await page.getByRole("radio", { name: "Circle" }).check();
    const address = (await page.locator(".snippet code").first().textContent()) ?? "";
    expect(address).toBe(`${web.origin}/g/initials/Grace%20Hopper?s=80&name=Grace+Hopper&radius=50`);
    expect((await fetch(address)).headers.get("content-type")).toBe("image/png");
    const drawn = () =>
      page
        .locator(".tile img")
        .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
    await expect.poll(drawn, PATIENCE).toEqual(Array(10).fill(96));
  });

  it("goes into the clipboard", async () => {
    const page = await newPage({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.goto(`${web.origin}/avatars`);
    await page.getByRole("button", { name: "Copy Address" }).click();
    await page.getByRole("button", { name: "Copied Address" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await page.locator(".snippet code").first().textContent());
  });
});
