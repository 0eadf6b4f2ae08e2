import { expect, it } from "vitest";
import { barOf } from "../../cli/warm/count.ts";

it.for([
  [{ total: 4, made: 0, stored: 0, failed: 0 }, "[........................] 0/4  0 made, 0 stored, 0 failed"],
  [{ total: 4, made: 1, stored: 0, failed: 1 }, "[############............] 2/4  1 made, 0 stored, 1 failed"],
  [{ total: 4, made: 2, stored: 2, failed: 0 }, "[########################] 4/4  2 made, 2 stored, 0 failed"],
  [{ total: 0, made: 0, stored: 0, failed: 0 }, "[########################] 0/0  0 made, 0 stored, 0 failed"],
] as const)("%j is shown as %s", ([count, bar]) => expect(barOf(count)).toBe(bar));
