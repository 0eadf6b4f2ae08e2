import { expect, inject, it } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import type { Stampede } from "../support/stampede.ts";

it("200 that ask for the same at once, of four Workers that share what they store, are one picture made", {
  timeout: 120_000,
}, async () => {
  const picture = await encode(gradient(1200, 800), "jpg");
  const response = await fetch(`${inject("isolatesUrl")}/?workers=4&requests=200`, { method: "POST", body: picture });
  const { answers, bodies, reads, stored, keys }: Stampede = await response.json();
  expect({ answers, bodies, reads }).toEqual({ answers: { "200 made": 1, "200 shared": 199 }, bodies: 1, reads: 1 });
  expect([stored.length, keys]).toEqual([1, [stored[0].replace(".jpg", "")]]);
});
