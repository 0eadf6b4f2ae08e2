import { it } from "vitest";
import { once } from "../../src/platform/once.ts";

it("once() starts one time for many callers", async ({ expect }) => {
  let starts = 0;
  const ready = once(async () => ++starts);
  expect(await Promise.all([ready(), ready(), ready()])).toEqual([1, 1, 1]);
  expect(await ready()).toBe(1);
});

it("once() shares a failure with those who wait, and does not keep it", async ({ expect }) => {
  let starts = 0;
  const ready = once(async () => {
    if (++starts === 1) throw new Error("first");
    return starts;
  });
  const results = await Promise.allSettled([ready(), ready()]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await ready()).toBe(2);
});
