import { it } from "vitest";
import { mix } from "../../src/transform/mix.ts";

it("mix() rounds exactly for every alpha", ({ expect }) => {
  let wrong = 0;
  for (let alpha = 0; alpha < 256; alpha++)
    for (let colour = 0; colour < 256; colour++)
      for (let ground = 0; ground < 256; ground++)
        if (mix(colour, ground, alpha) !== Math.round((colour * alpha + ground * (255 - alpha)) / 255)) wrong++;
  expect(wrong).toBe(0);
});
