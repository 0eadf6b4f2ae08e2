import { exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine.ts";

it("engine gives zeroed memory", () => {
  const engine = createEngine();
  const at = engine.alloc(1 << 20);
  expect(new Uint8Array(engine.memory.buffer, at, 1 << 20).every((byte) => byte === 0)).toBe(true);
});

it("GET / answers", async () => {
  const response = await exports.default.fetch("https://x.test/");
  expect(response.status).toBe(200);
});
