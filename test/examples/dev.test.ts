import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesFor } from "../support/claims.ts";
import { freePort } from "../support/free-port.ts";
import { type Copy, createCopy } from "./support/copy.ts";

let copy: Copy;

beforeAll(async () => {
  copy = await createCopy();
});
afterAll(() => copy.remove());

describe("on a machine of one's own", () => {
  const [migrate, dev, ...others] = linesFor("dev");

  it("the Worker runs, and has its tables", { timeout: 150_000 }, async () => {
    expect(await copy.run(migrate)).toMatchObject({ code: 0, out: expect.stringContaining("0001_avatars.sql") });
    const port = String(await freePort());
    const origin = `http://127.0.0.1:${port}`;
    // The port of the documents may be taken on this machine.
    await copy.start(dev, `${origin}/healthcheck`, { written: { "8787": port } });
    const unknown = await fetch(`${origin}/avatar/c160f8cc69a4f0bf2b0362752353d060?d=404`);
    expect([unknown.status, await unknown.json()]).toEqual([404, expect.objectContaining({ code: "not_found" })]);
    expect(others).toEqual([]);
  });
});
