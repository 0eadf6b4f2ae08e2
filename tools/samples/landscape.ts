import { type Canvas, type Colour, fractalNoise, hash, mix, noise, paint, smoothstep } from "./canvas.ts";

/** One ridge of mountains: where its crest lies (0 = top of the picture, 1 = bottom), how rough it is, its colour. */
interface Ridge {
  readonly crest: number;
  readonly relief: number;
  readonly grain: number;
  readonly colour: Colour;
}

const SHORE = 0.68;
const SUN = { x: 0.64, y: 0.43, radius: 0.035 };
const RIDGES: readonly Ridge[] = [
  { crest: 0.5, relief: 0.2, grain: 3, colour: [168, 128, 158] },
  { crest: 0.57, relief: 0.22, grain: 4, colour: [112, 86, 128] },
  { crest: 0.66, relief: 0.2, grain: 6, colour: [58, 54, 92] },
];

/** A mountain lake at dusk: photo-like gradients, fine texture and hard edges, in any size. */
export function landscape(width: number, height: number): Canvas {
  const ratio = width / height;
  const crests = RIDGES.map((ridge, layer) => crestLine(ridge, layer, width, ratio));
  const above = (x: number, v: number): Colour => {
    for (let layer = RIDGES.length - 1; layer >= 0; layer--)
      if (v > crests[layer][x]) return hillside(RIDGES[layer], layer, (x / width) * ratio, v, crests[layer][x]);
    return sky((x / width) * ratio, v, ratio);
  };
  return paint(width, height, (x, y) => {
    const v = y / height;
    const grain = (hash(x, y, 99) - 0.5) * 9;
    const [red, green, blue] = v < SHORE ? above(x, v) : water(x, v, width, ratio, above);
    return [red + grain, green + grain, blue + grain];
  });
}

const crestLine = ({ crest, relief, grain }: Ridge, layer: number, width: number, ratio: number): Float64Array =>
  Float64Array.from(
    { length: width },
    (_, x) => crest - relief * (fractalNoise((x / width) * ratio * grain, 0, 10 + layer * 20, 9) - 0.3),
  );

function sky(u: number, v: number, ratio: number): Colour {
  const base = mix([46, 58, 112], [255, 190, 132], smoothstep(0, 0.55, v));
  const distance = Math.hypot(u - SUN.x * ratio, v - SUN.y);
  const glowing = mix(base, [255, 238, 196], 0.75 * Math.exp(-distance * 7));
  const cloud = smoothstep(0.5, 0.75, fractalNoise(u * 2.5, v * 9, 5, 6)) * smoothstep(0.5, 0.15, v);
  const clouded = mix(glowing, [255, 204, 190], cloud * 0.7);
  return mix([255, 250, 232], clouded, smoothstep(SUN.radius, SUN.radius + 0.003, distance));
}

/** Darker towards the foot, with rock texture that follows the slope. */
function hillside({ colour }: Ridge, layer: number, u: number, v: number, crest: number): Colour {
  const rock = fractalNoise(u * 40 + v * 25, v * 60, 200 + layer, 5) - 0.5;
  const haze = mix(colour, [232, 176, 160], 0.45 * smoothstep(0.15, 0, v - crest) * (1 - layer * 0.3));
  const [red, green, blue] = mix(haze, [30, 34, 62], smoothstep(0, 0.4, v - crest) * 0.6);
  return [red + rock * 34, green + rock * 32, blue + rock * 30];
}

/** The upper half upside down, shaken by ripples that grow towards the viewer. */
function water(x: number, v: number, width: number, ratio: number, above: (x: number, v: number) => Colour): Colour {
  const depth = (v - SHORE) / (1 - SHORE);
  const u = (x / width) * ratio;
  const ripple = noise(u * (14 - depth * 8), (v - SHORE) * 260, 300) - 0.5;
  const shifted = Math.min(width - 1, Math.max(0, Math.round(x + ripple * width * 0.02 * (0.2 + depth))));
  const mirrored = Math.min(SHORE - 0.002, Math.max(0, SHORE - (v - SHORE) * 1.35 + ripple * 0.02));
  const [red, green, blue] = mix(above(shifted, mirrored), [24, 34, 66], 0.25 + depth * 0.35);
  return [red + ripple * 26, green + ripple * 26, blue + ripple * 30];
}
