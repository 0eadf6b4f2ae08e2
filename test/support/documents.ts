/// <reference path="./raw.d.ts" />
import type { Documents } from "./examples.ts";

const found = import.meta.glob<string>(["../../README.md", "../../docs/**/*.md"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The README and all that is in docs. */
export const DOCUMENTS: Documents = Object.fromEntries(
  Object.entries(found).map(([path, markdown]) => [path.replace("../../", ""), markdown]),
);
