/** Four times at least; more of what is quick, since V8 takes dozens to see that a small job is worth optimising. */
const WARM_UP = { times: 4, ms: 1_000, mostTimes: 50 };

/** Whoever is quick works for so long at a turn. */
export const TURN_MS = 50;

/** Whoever takes longer takes part in some rounds only: all of them would take minutes. */
const SLOW_MS = 200;
const ROUNDS_APART = 3;

/** The same in the words of the report. */
export const PACE = `At its turn everyone does the picture once to wake up, then for ${TURN_MS} ms at least, of which the mean
  counts. Whoever needs more than ${SLOW_MS / 1000} s for a picture takes part in one round of ${ROUNDS_APART} only.`;

/** What came of `work` in each round it took part in, after a warm-up. */
export async function paced<T>(rounds: number, work: () => Promise<T>, msOf: (result: T) => number): Promise<T[]> {
  const ms = msOf(await warmUp(work, msOf));
  const results: T[] = [];
  for (let round = 0; round < rounds; round++) if (takesPart(round, ms)) results.push(await work());
  return results;
}

/** What came of `work` the last time. */
export async function warmUp<T>(work: () => Promise<T>, msOf: (result: T) => number): Promise<T> {
  let last = await work();
  for (let times = 1, ms = msOf(last); !isWarm(times, ms); times++, ms += msOf(last)) last = await work();
  return last;
}

const isWarm = (times: number, ms: number): boolean =>
  times >= WARM_UP.mostTimes || (times >= WARM_UP.times && ms >= WARM_UP.ms);

/** Whether who takes `ms` takes part in `round`, the first of which is 0. */
export const takesPart = (round: number, ms: number): boolean => ms <= SLOW_MS || round % ROUNDS_APART === 0;
