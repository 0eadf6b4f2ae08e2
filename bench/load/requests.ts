import type { Source } from "./sources.ts";

/** One request, and what its answer must be. */
export interface LoadRequest {
  readonly path: string;
  readonly method?: string;
  /** A picture of this size and colour; absent: a refusal. */
  readonly picture?: { readonly width: number; readonly height: number; readonly colour: Source["colour"] };
}

/** Numbers from 0 to below `most`. */
export type Random = (most: number) => number;

/** The same numbers each time: a linear congruential generator modulo 2^32 (Numerical Recipes). */
export function createRandom(seed: number): Random {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const FORMATS = ["jpg", "png", "webp"] as const;

const picked = <T>(list: readonly T[], random: Random): T => list[random(list.length)];

const resized = (source: Source, width: number, height: number, format: string, more = ""): LoadRequest => ({
  path: `/display?path=${source.name}&op=thumbnail&w=${width}&h=${height}&fmt=${format}${more}`,
  picture: { width, height, colour: source.colour },
});

/** One of few: stored after the first round. */
export const hit = (sources: readonly Source[], random: Random): LoadRequest =>
  resized(picked(sources, random), 160, 120, "jpg");

/** One that nobody asked for before. */
export function misses(sources: readonly Source[]): (random: Random) => LoadRequest {
  let count = 0;
  return (random) =>
    resized(picked(sources, random), 40 + random(360), 40 + random(260), picked(FORMATS, random), `&n=${count++}`);
}

const HOSTILE: readonly ((random: Random) => LoadRequest)[] = [
  () => ({ path: "/display?path=..%2Fsecret.jpg&op=resize&w=10" }),
  () => ({ path: "/display?path=absent.jpg&op=resize&w=10" }),
  () => ({ path: "/display?path=broken-head.jpg&op=explode&w=10" }),
  () => ({ path: "/display?path=broken-bomb.png&op=resize&w=10" }),
  () => ({ path: "/display?path=broken-page.jpg&op=resize&w=10" }),
  () => ({ path: "/display?path=broken-body.png&op=resize&w=10" }),
  (random) => ({ path: `/display?path=load-1.png&op=resize&w=${9_000 + random(90_000)}` }),
  (random) => ({ path: `/display?path=load-1.png&op=rotate&deg=${random(1e9)}&op=op:rotate&w=-${random(99)}` }),
  () => ({ path: `/display?url=${encodeURIComponent("http://169.254.169.254/latest")}&op=noop` }),
  () => ({ path: `/display?path=load-1.png&op=resize&w=10&x=${"y".repeat(9_000)}` }),
  () => ({ path: "/upload", method: "POST" }),
  () => ({ path: "/load-1.png", method: "DELETE" }),
  () => ({ path: "/%00/%ff?%ff=%00" }),
];

export const hostile = (random: Random): LoadRequest => picked(HOSTILE, random)(random);

/** Mostly what is stored, some that is new, and a fifth that means no good. */
export function mixture(sources: readonly Source[]): (random: Random) => LoadRequest {
  const miss = misses(sources);
  return (random) => {
    const dice = random(100);
    if (dice < 20) return hostile(random);
    return dice < 40 ? miss(random) : hit(sources, random);
  };
}
