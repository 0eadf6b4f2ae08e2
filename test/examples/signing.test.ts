import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { examplesFor } from "../support/claims.ts";

const signatureIn = (url: string): string | undefined => /sig=([0-9a-f]{40})/.exec(url)?.[1];

describe("the code of docs/url.md that signs", () => {
  it.for(examplesFor("signing"))("signs as the examples of URLs beside it are signed", async ({ text }) => {
    const printing = text.replace(/^signedUrl\(.*\)(?=;$)/m, "console.log($&)");
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", printing]);
    const shown = examplesFor("urls").find((example) => signatureIn(example.text));
    expect(stdout).toMatch(/^\/display\?h=400&op=thumbnail&path=landscape.jpg&w=600&sig=/);
    expect(signatureIn(stdout)).toBe(signatureIn(shown?.text ?? ""));
  });
});
