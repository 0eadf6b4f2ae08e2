import { type Canvas, mix, paint, smoothstep } from "./canvas.ts";

const BALLS = 5;

/** Frames of five balls that chase each other round, on a transparent ground. */
export const orbit = (width: number, height: number, frames: number): Canvas[] =>
  Array.from({ length: frames }, (_, frame) =>
    paint(width, height, (x, y) => pixel(x, y, width, height, frame / frames)),
  );

function pixel(
  x: number,
  y: number,
  width: number,
  height: number,
  time: number,
): readonly [number, number, number, number] {
  for (let ball = 0; ball < BALLS; ball++) {
    const angle = (time + ball / BALLS) * 2 * Math.PI;
    const radius = height * (0.07 + 0.05 * (1 + Math.sin(angle + time * 2 * Math.PI)) * 0.5);
    const dx = x - width / 2 - Math.cos(angle) * width * 0.34;
    const dy = y - height / 2 - Math.sin(angle) * height * 0.3;
    const distance = Math.hypot(dx, dy);
    if (distance > radius) continue;
    const light = smoothstep(radius * 1.5, 0, Math.hypot(dx + radius * 0.35, dy + radius * 0.35));
    const [red, green, blue] = mix(mix([36, 60, 160], [228, 64, 110], ball / (BALLS - 1)), [255, 250, 240], light);
    return [red, green, blue, 255];
  }
  return [0, 0, 0, 0];
}
