import { it } from "vitest";
import { createThrottle } from "../../src/platform/throttle.ts";

it("createThrottle() allows each key once an interval", ({ expect }) => {
  let now = 5_000;
  const throttle = createThrottle(1_000, { now: () => now });
  const asked = (key: string) => throttle.allows(key);
  expect([asked("a"), asked("a"), asked("b")]).toEqual([true, false, true]);
  now += 999;
  expect(asked("a")).toBe(false);
  now += 1;
  expect([asked("a"), asked("a")]).toEqual([true, false]);
});

it("createThrottle() forgets rather than grows", ({ expect }) => {
  const throttle = createThrottle(1_000, { now: () => 0 });
  for (let key = 0; key < 10_000; key++) throttle.allows(String(key));
  expect(throttle.allows("9999")).toBe(false);
  expect(throttle.allows("one more")).toBe(true);
  expect(throttle.allows("9999")).toBe(true);
});
