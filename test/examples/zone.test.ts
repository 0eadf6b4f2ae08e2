import { describe, expect, it } from "vitest";
import { workerUrl } from "../cli/support/edgefit.ts";
import { examplesFor } from "../support/claims.ts";

/** A record of type SRV, RFC 2782, in a zone file, RFC 1035. */
const RECORD = /^(\S+)\.\s+(\d+)\s+IN\s+SRV\s+(\d+) (\d+) (\d+)\s+(\S+)\.$/;

/** What Libravatar's clients ask the domain of an address for, and the port that they expect there. */
const ASKED = { "_avatars-sec._tcp.example.com": 443, "_avatars._tcp.example.com": 80 };

describe("a client of Libravatar", () => {
  it.for(examplesFor("zone"))("is led to the Worker by $text", async ({ text }) => {
    const records = text
      .trimEnd()
      .split("\n")
      .map((line) => RECORD.exec(line)?.slice(1) ?? [line]);
    expect(Object.fromEntries(records.map(([name, , , , port]) => [name, Number(port)]))).toEqual(ASKED);
    for (const [, , , , , target] of records) {
      expect(target).toBe("avatars.example.com");
      const avatar = await fetch(`${workerUrl}/avatar/c160f8cc69a4f0bf2b0362752353d060?s=80&d=retro`);
      expect([avatar.status, avatar.headers.get("content-type")]).toEqual([200, "image/png"]);
    }
  });
});
