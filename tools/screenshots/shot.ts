import type { Page } from "playwright-core";

/** A page as it is shown in the documentation. */
export interface Shot {
  /** Of the files, without width and scheme. */
  readonly name: string;
  readonly path: string;
  /** Makes what is to be seen on the page, and waits until it is there. */
  readonly ready: (page: Page) => Promise<unknown>;
}
