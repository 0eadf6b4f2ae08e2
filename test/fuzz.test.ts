import { it } from "vitest";
import { fuzz, mutantsOf } from "./support/fuzz/run.ts";
import { drawnSeeds } from "./support/fuzz/seeds.ts";

const COUNT = 10_000;

// Far more of them, and files of the corpus: npm run fuzz.
it("10,000 damaged files are shown or refused, the same whatever came before", { timeout: 300_000 }, async ({
  expect,
}) => {
  const tallies = await fuzz(mutantsOf(await drawnSeeds(), COUNT, 2026), () => undefined);
  const sums = [...tallies.values()];
  expect(sums.reduce((sum, { inputs }) => sum + inputs, 0)).toBe(COUNT);
  // Damage that is always refused tests nothing but headers, and damage that never is tests no refusal.
  for (const { inputs, shown } of sums) {
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(inputs);
  }
});
