import { type Canvas, type Colour, hash, mix, paint, smoothstep } from "./canvas.ts";

const LIGHTS = 70;
const WARM: Colour = [255, 176, 84];
const COOL: Colour = [96, 196, 255];

/** City lights out of focus. */
export function bokeh(width: number, height: number): Canvas {
  const lights = Array.from({ length: LIGHTS }, (_, index) => ({
    x: hash(index, 1, 7) * width,
    y: (0.25 + 0.75 * hash(index, 2, 7)) * height,
    radius: (0.02 + 0.07 * hash(index, 3, 7)) * width,
    strength: 0.25 + 0.5 * hash(index, 4, 7),
    colour: mix(WARM, COOL, smoothstep(0.35, 0.65, hash(index, 5, 7))),
  }));
  return paint(width, height, (x, y) => {
    let [red, green, blue] = mix([14, 14, 34], [44, 22, 52], y / height);
    for (const light of lights) {
      const distance = Math.hypot(x - light.x, y - light.y) / light.radius;
      if (distance > 1.05) continue;
      const share = light.strength * (1 - smoothstep(0.96, 1.05, distance)) * (0.7 + 0.3 * distance * distance);
      red += light.colour[0] * share;
      green += light.colour[1] * share;
      blue += light.colour[2] * share;
    }
    const grain = (hash(x, y, 11) - 0.5) * 5;
    return [red + grain, green + grain, blue + grain];
  });
}
