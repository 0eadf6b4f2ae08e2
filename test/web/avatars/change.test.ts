import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { choose, createDesk, type Desk, upload } from "../support/desk.ts";
import { BMP, gradient } from "../support/drawn.ts";

describePage("the picture of an avatar", () => {
  const newPage = usePages();

  it("is shown at every size, round and square", async () => {
    const { page, open, put } = await createDesk(newPage);
    await put(await gradient(page, { width: 600, height: 600 }));
    await open();
    const now = page.getByRole("region", { name: "The picture now" });
    for (const [shape, radius] of Object.entries({ round: "50%", square: "4px" }))
      await expect
        .poll(() => looksOf(now.locator(`.faces .${shape}`)), PATIENCE)
        .toEqual([128, 80, 48, 32].map((px) => [px, radius]));
    const sizes = page.getByRole("region", { name: "Every size" });
    await sizes.scrollIntoViewIfNeeded();
    for (const shape of ["round", "square"])
      await expect
        .poll(async () => (await looksOf(sizes.locator(`.${shape}`))).map(([px]) => px), PATIENCE)
        .toEqual([128, 256, 512, 1024]);
    expect(await sizes.locator("li .hint").allTextContents()).toEqual([
      ...["128 pixels", "256 pixels", "512 pixels"],
      "1024 pixels, enlarged",
    ]);
  });

  it("that replaced another is taken back, byte for byte", async () => {
    const desk = await createDesk(newPage);
    const { page } = desk;
    await desk.put(await gradient(page));
    const [first] = await desk.revisions();
    const before = await everySize(desk);
    await desk.open();
    await choose(page, await gradient(page, { width: 700, height: 500 }));
    await upload(page);
    const [second, kept] = await desk.revisions();
    expect([second.rev === first.rev, kept.rev]).toEqual([false, first.rev]);
    expect(await everySize(desk)).not.toEqual(before);

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("The earlier picture is shown again.").waitFor();
    expect((await desk.revisions())[0].rev).toBe(first.rev);
    expect(await everySize(desk)).toEqual(before);

    await page.getByRole("button", { name: "Show it again" }).click();
    await expect.poll(async () => (await desk.revisions())[0].rev, PATIENCE).toBe(second.rev);
  });

  it("is deleted once that is confirmed", async () => {
    const { page, open, put, revisions } = await createDesk(newPage);
    await put(await gradient(page));
    await open();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Delete…" }).click();
    await dialog.getByRole("button", { name: "Keep it" }).click();
    expect(await revisions()).toHaveLength(1);
    await page.getByRole("button", { name: "Delete…" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("The avatar is deleted.").waitFor();
    expect(await revisions()).toEqual([]);
    expect(await page.getByText("There is no picture yet").isVisible()).toBe(true);
  });
});

describePage("what the API refuses to the page of avatars", () => {
  const newPage = usePages();

  it("because somebody else was quicker is told of, and shown as it is now", async () => {
    const { page, open, put, revisions } = await createDesk(newPage);
    await open();
    await choose(page, await gradient(page));
    await put(await gradient(page, { width: 50, height: 50 }));
    await page.getByRole("button", { name: "Upload" }).click();
    const alert = page.getByRole("alert");
    expect(await alert.textContent()).toMatch(/Somebody else changed.*precondition_failed/);
    await alert.getByRole("button").click();
    await page.getByRole("region", { name: "Every size" }).waitFor();
    await upload(page);
    expect(await revisions()).toHaveLength(2);
  });

  it("is told of with what to do", async () => {
    const { page, open } = await createDesk(newPage);
    await open();
    const alert = page.getByRole("alert");
    await choose(page, BMP, "image/bmp");
    await page.getByRole("button", { name: "Upload" }).click();
    expect(await alert.textContent()).toMatch(/cannot be an avatar.*JPEG, PNG.*unsupported_image/);
    await page.getByRole("button", { name: "Cancel" }).click();
    const text = { name: "a.png", mimeType: "image/png", buffer: Buffer.from("text") };
    await page.setInputFiles("input[type=file]", text);
    expect(await alert.textContent()).toMatch(/browser cannot show.*Choose another/);
  });

  it("for its size is sent as a smaller copy, which shows the same part", async () => {
    const { page, open, revisions } = await createDesk(newPage);
    await open();
    await choose(page, await gradient(page, { width: 8400, height: 60 }, "image/jpeg"), "image/jpeg");
    await page.getByRole("button", { name: "Upload" }).click();
    await page.getByRole("button", { name: "Send a smaller copy" }).click();
    await page.getByText("The new picture is shown everywhere.").waitFor();
    const [{ crop }] = await revisions();
    expect(crop).toEqual({ x: Math.round((4170 / 8400) * 4000), y: 0, w: 29, h: 29 });
  });

  it("for its kind is sent as a PNG, which the browser makes", async () => {
    const { page, open, revisions } = await createDesk(newPage);
    await open();
    await choose(page, BMP, "image/bmp");
    await page.getByRole("button", { name: "Upload" }).click();
    await page.getByRole("button", { name: "Send it as a PNG" }).click();
    await page.getByText("The new picture is shown everywhere.").waitFor();
    expect(await revisions()).toHaveLength(1);
  });

  it("or does not answer may be tried again", async () => {
    const { page, open, revisions } = await createDesk(newPage);
    await open();
    await choose(page, await gradient(page));
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Upload" }).click();
    expect(await page.getByRole("alert").textContent()).toMatch(/does not answer/);
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The new picture is shown everywhere.").waitFor();
    expect(await revisions()).toHaveLength(1);
  });

  it("is not asked for where an upload is stopped", async () => {
    const { page, open, revisions } = await createDesk(newPage);
    await open();
    await choose(page, await gradient(page));
    await page.route("**/api/avatars/*", () => undefined);
    await page.getByRole("button", { name: "Upload" }).click();
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator("button.primary:focus").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await revisions()).toEqual([]);
  });
});

/** How large pictures are of themselves, and how round they are shown. */
const looksOf = (images: Locator): Promise<(readonly [number, string])[]> =>
  images.evaluateAll((elements) =>
    elements.map((image) => [(image as HTMLImageElement).naturalWidth, getComputedStyle(image).borderRadius] as const),
  );

/** What everybody sees. */
async function everySize({ id }: Desk): Promise<string[]> {
  const bytesOf = async (px: number) =>
    Buffer.from(await (await fetch(`${web.origin}/avatar/${id}.png?s=${px}`)).arrayBuffer()).toString("base64");
  return Promise.all([32, 80, 128, 512].map(bytesOf));
}
