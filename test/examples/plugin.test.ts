import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, it } from "vitest";
import { workerUrl } from "../cli/support/edgefit.ts";
import { examplesFor } from "../support/claims.ts";

const HERE = "https://avatars.example.com/";
const PATH = "avatar/c160f8cc69a4f0bf2b0362752353d060?s=96&d=mm&r=g";
/** What WordPress asks for without the plugin. */
const GRAVATAR = ["https://secure.gravatar.com/", "https://0.gravatar.com/", "http://gravatar.com/"];

/** `preg_replace` with a pattern and a text that mean the same in JavaScript. */
function rewrite(plugin: string, url: string): string {
  const [, pattern, replacement] = /preg_replace\('#(.*)#', '(.*)', \$url\)/.exec(plugin) ?? [];
  return url.replace(new RegExp(pattern), replacement);
}

/** As WordPress calls it. */
const wordpress = (plugin: string, url: string): string =>
  plugin.replace("<?php", `function add_filter($name, $filter) { echo $filter(${JSON.stringify(url)}); }`);

describe("the plugin for WordPress", () => {
  it.for(examplesFor("plugin"))("sends whoever asks Gravatar here", async ({ text }, { expect }) => {
    for (const host of GRAVATAR) expect(rewrite(text, host + PATH)).toBe(HERE + PATH);
    expect(rewrite(text, "https://other.example/gravatar.com/x")).toBe("https://other.example/gravatar.com/x");
    expect((await fetch(`${workerUrl}/${PATH}`)).status).toBe(200);
  });

  it.for(examplesFor("plugin"))("does so in PHP", async ({ text }, { expect, skip }) => {
    const php = (url: string) => promisify(execFile)("php", ["-r", wordpress(text, url)]);
    const absent = await php("").then(
      () => false,
      ({ code }) => code === "ENOENT",
    );
    skip(absent, "no php on this machine");
    for (const host of GRAVATAR) expect((await php(host + PATH)).stdout).toBe(HERE + PATH);
  });
});
