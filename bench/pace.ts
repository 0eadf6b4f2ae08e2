/** Four times at least; more of what is quick, since V8 takes dozens to see that a small job is worth optimising. */
const WARM_UP = { times: 4, ms: 1_000, mostTimes: 50 };

/** Whether what was done `times` times, in `ms` altogether, may be timed from now on. */
export const isWarm = (times: number, ms: number): boolean =>
  times >= WARM_UP.mostTimes || (times >= WARM_UP.times && ms >= WARM_UP.ms);
