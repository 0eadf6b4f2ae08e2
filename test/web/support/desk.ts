import type { BrowserContextOptions, Page } from "playwright-core";
import { EXP, signToken } from "../../support/token.ts";
import { web } from "./browser.ts";
import { SECRETS } from "./secrets.ts";

/** One avatar for one test: an id that no other test has, its token, and the page. */
export interface Desk {
  readonly page: Page;
  readonly id: string;
  /** Opens the page by a link that holds the token, and waits until it knows the avatar. */
  open(): Promise<void>;
  /** Uploads a picture past the page. */
  put(picture: Uint8Array): Promise<void>;
  /** What the API says of the avatar's present revision, and of those before it; none: there is no avatar. */
  revisions(): Promise<readonly Revision[]>;
}

export interface Revision {
  readonly rev: string;
  readonly crop: Crop;
}

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A token of the Worker that the pages are tested against. */
export const tokenOf = (claims: Readonly<Record<string, unknown>>, secret: string = SECRETS.JWT_SECRET): string =>
  signToken({ exp: EXP, ...claims }, { secret });

let counted = 0;
const started = `${process.pid}${Date.now()}`;
/** Another one each time: writes are counted by id. */
export const newId = (): string => `${started}${counted++}`.padStart(40, "c");

type NewPage = (options?: BrowserContextOptions) => Promise<Page>;

export async function createDesk(
  newPage: NewPage,
  options: BrowserContextOptions = {},
  claims: Readonly<Record<string, unknown>> = {},
): Promise<Desk> {
  const page = await newPage(options);
  const id = newId();
  const token = tokenOf({ hash: id, ...claims });
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`${web.origin}/api/avatars/${id}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  return {
    ...{ page, id },
    async open() {
      await page.goto(`${web.origin}/avatars#token=${token}`);
      await page.getByRole("heading", { name: "New picture" }).waitFor();
    },
    async put(picture) {
      const response = await api("", { method: "PUT", body: picture as Uint8Array<ArrayBuffer> });
      if (!response.ok) throw new Error(await response.text());
    },
    async revisions() {
      const { data = [] } = (await (await api("/revisions")).json()) as { readonly data?: readonly Revision[] };
      return data;
    },
  };
}

/** What the page says that it shows: `800 × 800 of 1600 × 1200 pixels, from 120, 40`. */
export async function shownCrop(page: Page): Promise<Crop> {
  const text = (await page.locator(".numbers").textContent()) ?? "";
  const [w, h, , , x, y] = (text.match(/\d+/g) ?? []).map(Number);
  return { x, y, w, h };
}

/** As a person does who chooses a file. */
export async function choose(page: Page, buffer: Buffer, mimeType = "image/png"): Promise<void> {
  await page.setInputFiles("input[type=file]", { name: "picture", mimeType, buffer });
  await page.locator(".stage:focus").waitFor();
}

export async function upload(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByText("The new picture is shown everywhere.").waitFor();
}
