import type { Page } from "playwright-core";
import { makeToken } from "../../cli/token.ts";
import type { Shot } from "./shot.ts";

const HOUR_SECONDS = 3_600;
/** SHA-256 of alice@example.com. */
const ID = "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976";

/** Zoomed in, and a little up and to the right. */
const KEYS = ["+", "+", "+", "+", "+", "+", "ArrowUp", "ArrowRight", "ArrowRight"];

/** The page of avatars, with a picture, an earlier one, and a new one being cropped. */
export async function avatarsShot(origin: string, secret: string): Promise<Shot> {
  const exp = Math.floor(Date.now() / 1000) + HOUR_SECONDS;
  const token = await makeToken({ hash: ID }, exp, secret, { alg: "HS256" });
  for (const name of ["badge.png", "bokeh.webp"]) {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${origin}/api/avatars/${ID}`, {
      ...{ method: "PUT", headers },
      body: (await sample(origin, name)) as Uint8Array<ArrayBuffer>,
    });
    if (!response.ok) throw new Error(`Cannot upload ${name}: ${await response.text()}`);
  }
  const picture = { name: "landscape.jpg", mimeType: "image/jpeg", buffer: await sample(origin, "landscape.jpg") };
  const ready = async (page: Page) => {
    await page.setInputFiles("input[type=file]", picture);
    const stage = page.locator(".stage");
    for (const key of KEYS) await stage.press(key);
    await page.waitForLoadState("networkidle");
  };
  return { name: "avatars", path: `/avatars#token=${token}`, ready };
}

async function sample(origin: string, name: string): Promise<Buffer> {
  const response = await fetch(`${origin}/display/${name}`);
  if (!response.ok) throw new Error(`Cannot read ${name}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}
