import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { edgefit } from "./support/edgefit.ts";

const folder = await mkdtemp(join(tmpdir(), "edgefit-picfit-"));
afterAll(() => rm(folder, { recursive: true }));

it.for(['{"secret_key": hush}', '{"secret_key": "hush",}', "secret_key: hush", '// hush\n{"secret_key":"hush"}', ""])(
  "edgefit from-picfit says that %j is no JSON, and shows nothing of it",
  async (text) => {
    const file = join(folder, "config.json");
    await writeFile(file, text);
    const { code, out, err } = await edgefit(["from-picfit", file]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^edgefit: Cannot translate \S+: expected JSON without comments(?:, broken at .*)?\n$/);
    expect(err).not.toContain("hush");
  },
);
