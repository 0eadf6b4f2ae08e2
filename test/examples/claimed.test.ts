import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claimed, claims } from "../support/claims.ts";
import { DOCUMENTS } from "../support/documents.ts";
import { FENCE } from "../support/examples.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("the README and docs", () => {
  it.for(Object.entries(DOCUMENTS))("have no other fences than those that are looked at: %s", ([, markdown]) => {
    expect(markdown.replace(FENCE, "")).not.toMatch(/^\s*(?:```|~~~)/m);
  });

  it("show no example that is not run by one test", () => {
    const wrong = claimed().filter(({ tests }) => tests.length !== 1);
    expect(wrong).toEqual([]);
  });

  it.for(claims())("have something for $name, which $test asks for", ({ name, test, count }) => {
    expect(readFileSync(join(ROOT, test), "utf8")).toMatch(new RegExp(`(?:examples|lines)For\\("${name}"\\)`));
    expect(count).toBeGreaterThan(0);
  });
});
