import { expect, it } from "vitest";
import { samplesAt } from "../../../tools/samples.ts";
import { describePage, PATIENCE, usePages, web } from "../support/browser.ts";
import { expectResult, openPlayground, shownUrl } from "../support/playground.ts";
import { SECRETS } from "../support/secrets.ts";

const [, badge] = samplesAt(1 / 8);
const picture = async (name: string) => ({ name, mimeType: badge.mime, buffer: Buffer.from(await badge.draw()) });

describePage("an upload", () => {
  const newPage = usePages();

  it("shows how far it is, and then the picture", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg");
    const shown = page.evaluate(
      () =>
        new Promise<string | null>((found) => {
          new MutationObserver(() => {
            const bar = document.querySelector("[role=progressbar]");
            if (bar) found(bar.getAttribute("aria-label"));
          }).observe(document.body, { childList: true, subtree: true });
        }),
    );
    await page.getByLabel("Picture to upload").setInputFiles(await picture("my picture.png"));
    expect(await shown).toBe("Uploading my picture.png");
    await expectResult(page, "150 x 150");
    expect(await shownUrl(page)).toBe("/display?path=my+picture.png&op=noop");
    expect(await page.getByRole("progressbar").count()).toBe(0);
  });

  it("may be dropped, and another one takes its place at once", async () => {
    const page = await newPage();
    await openPlayground(page, "#path=landscape.jpg");
    const drop = (width: number) =>
      page.locator(".drop").evaluate(async (zone, side) => {
        const canvas = new OffscreenCanvas(side, 40);
        canvas.getContext("2d")?.fillRect(0, 0, side, 40);
        const files = new DataTransfer();
        files.items.add(new File([await canvas.convertToBlob({ type: "image/png" })], "dropped.png"));
        zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
      }, width);
    await drop(60);
    await expectResult(page, "60 x 40");
    await drop(90);
    await expectResult(page, "90 x 40");
  });

  it("can be stopped", async () => {
    const page = await newPage();
    await openPlayground(page);
    await page.route("**/upload", () => undefined); // is never answered
    await page.getByLabel("Picture to upload").setInputFiles(await picture("slow.png"));
    await page.getByRole("button", { name: "Stop" }).click();
    await expect.poll(() => page.locator(".upload .problem").textContent(), PATIENCE).toContain("It was stopped");
    expect((await fetch(`${web.origin}/display/slow.png`)).status).toBe(404);
  });

  it("is refused in the words of the API: what is no picture, and whoever has no token", async () => {
    const page = await newPage();
    await openPlayground(page);
    const note = page.locator(".upload .problem");
    const text = { name: "note.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") };
    await page.getByLabel("Picture to upload").setInputFiles(text);
    await expect.poll(() => note.textContent(), PATIENCE).toMatch(/415 .*unsupported_image/s);

    await page.goto(web.closedOrigin);
    await page.getByLabel("Picture to upload").setInputFiles(await picture("owned.png"));
    await expect.poll(() => note.textContent(), PATIENCE).toMatch(/401 .*missing_token/s);
    await page.getByText("Owner’s keys").click();
    await page.getByLabel("Upload secret").fill(SECRETS.UPLOAD_SECRET);
    await page.getByLabel("Signing secret").fill(SECRETS.SECRET_KEY);
    await page.getByLabel("Picture to upload").setInputFiles(await picture("owned.png"));
    await expect.poll(() => shownUrl(page), PATIENCE).toContain("path=owned.png");
    await expectResult(page, "800 x 800");
  });
});
