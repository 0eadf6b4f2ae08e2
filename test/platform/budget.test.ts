import { describe, it } from "vitest";
import { HttpError } from "../../src/error.ts";
import { createBudget, type Hold } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";

const LIMITS = { decodeBudgetBytes: 100, maxWaiting: 2, maxWaitMs: 10_000 };

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const state = { started: false };
  const job = () => {
    state.started = true;
    return promise;
  };
  return { job, end: () => resolve(), started: () => state.started };
}

const settled = () => scheduler.wait(1);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (thrown) => (thrown instanceof HttpError ? [thrown.status, thrown.code, thrown.headers["retry-after"]] : thrown),
  );
const BUSY = [503, "busy", "2"];

describe("createBudget()", () => {
  it("runs at once what fits, to the last byte (L14)", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const [a, b, c] = [work(), work(), work()];
    const all = [budget.run(60, a.job), budget.run(40, b.job), budget.run(1, c.job)];
    await settled();
    expect([a.started(), b.started(), c.started()]).toEqual([true, true, false]);
    expect(budget.state()).toEqual({ reservedBytes: 100, waiting: 1 });
    for (const { end } of [a, b, c]) end();
    await Promise.all(all);
    expect([c.started(), budget.state()]).toEqual([true, { reservedBytes: 0, waiting: 0 }]);
  });

  it("lets MAX_WAITING wait, and refuses the next (L14)", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const [a, b, c] = [work(), work(), work()];
    const all = [budget.run(100, a.job), budget.run(1, b.job), budget.run(1, c.job)];
    expect(await refusal(budget.run(1, async () => undefined))).toEqual(BUSY);
    for (const { end } of [a, b, c]) end();
    await Promise.all(all);
    expect(budget.state()).toEqual({ reservedBytes: 0, waiting: 0 });
  });

  it("refuses whoever waited too long, and starts those behind (L14)", async ({ expect }) => {
    const budget = createBudget({ ...LIMITS, maxWaitMs: 20 }, systemClock);
    const [a, b] = [work(), work()];
    const running = budget.run(60, a.job);
    const tooLarge = refusal(budget.run(50, async () => undefined));
    await scheduler.wait(10);
    const behind = budget.run(40, b.job);
    expect(await tooLarge).toEqual(BUSY);
    expect(b.started()).toBe(true);
    for (const { end } of [a, b]) end();
    await Promise.all([running, behind]);
    expect(budget.state()).toEqual({ reservedBytes: 0, waiting: 0 });
  });

  it("keeps the order: a small job does not overtake a large one", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const [a, large, small] = [work(), work(), work()];
    const all = [budget.run(60, a.job), budget.run(80, large.job), budget.run(10, small.job)];
    await settled();
    expect([large.started(), small.started()]).toEqual([false, false]);
    a.end();
    await settled();
    expect([large.started(), small.started()]).toEqual([true, true]);
    for (const { end } of [large, small]) end();
    await Promise.all(all);
  });

  it("runs what is larger than the whole alone", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const [a, huge] = [work(), work()];
    const all = [budget.run(1, a.job), budget.run(1_000, huge.job)];
    await settled();
    expect(huge.started()).toBe(false);
    a.end();
    await settled();
    expect(huge.started()).toBe(true);
    huge.end();
    await Promise.all(all);
  });

  it("gives back what a failed job held", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const fail = () => Promise.reject(new Error("no"));
    expect(await refusal(budget.run(100, fail))).toBeInstanceOf(Error);
    expect(budget.state().reservedBytes).toBe(0);
  });

  it("drops who leaves the queue, and lets those behind start (F6)", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const [a, left, behind] = [work(), work(), work()];
    const client = new AbortController();
    const waiting = { signal: client.signal, startByMs: Number.POSITIVE_INFINITY };
    const running = budget.run(60, a.job);
    const gone = refusal(budget.on(waiting).run(50, left.job));
    const small = budget.run(40, behind.job);
    client.abort(new Error("gone"));
    expect(await gone).toEqual(new Error("gone"));
    expect([left.started(), behind.started()]).toEqual([false, true]);
    for (const { end } of [a, behind]) end();
    await Promise.all([running, small]);
    expect(budget.state()).toEqual({ reservedBytes: 0, waiting: 0 });
  });

  it("starts nothing for who left before, nor what comes too late (F6, E2)", async ({ expect }) => {
    const budget = createBudget(LIMITS, { now: () => 1_001 });
    const job = work();
    const run = (signal: AbortSignal, startByMs: number) => refusal(budget.on({ signal, startByMs }).run(1, job.job));
    const stays = new AbortController().signal;
    expect(await run(AbortSignal.abort(new Error("gone")), 2_000)).toEqual(new Error("gone"));
    expect(await run(stays, 1_000)).toEqual(BUSY);
    expect([job.started(), budget.state().reservedBytes]).toEqual([false, 0]);
    job.end();
    expect(await run(stays, 1_001)).toBe("done");
  });

  it("holds what becomes known bit by bit, and gives it back at once", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const held = budget.hold();
    await held.take(60);
    await held.take(40);
    const other = work();
    const waiting = budget.run(1, other.job);
    await settled();
    expect([budget.state(), other.started()]).toEqual([{ reservedBytes: 100, waiting: 1 }, false]);
    held.end();
    await settled();
    expect(other.started()).toBe(true);
    other.end();
    await waiting;
    held.end();
    expect(budget.state()).toEqual({ reservedBytes: 0, waiting: 0 });
  });

  it("lets any number wait who have nothing in their hands", async ({ expect }) => {
    const budget = createBudget({ ...LIMITS, maxWaiting: 1 }, systemClock);
    const running = work();
    const first = budget.run(100, running.job);
    const taking = Array.from({ length: 5 }, () => refusal(budget.hold().take(10)));
    const ready = refusal(budget.run(1, async () => undefined));
    expect(await refusal(budget.run(1, async () => undefined))).toEqual(BUSY);
    expect(budget.state().waiting).toBe(6);
    running.end();
    await first;
    expect([...(await Promise.all(taking)), await ready]).toEqual(Array(6).fill("done"));
  });

  it("lets them wait as long as they may start (E2)", async ({ expect }) => {
    const budget = createBudget({ ...LIMITS, maxWaitMs: 1 }, { now: () => 1_000 });
    const all = budget.hold();
    await all.take(100);
    const takeBy = (startByMs: number) => {
      const { signal } = new AbortController();
      return refusal(budget.on({ signal, startByMs }).hold().take(1));
    };
    const [patient, late] = [takeBy(11_000), takeBy(1_020)];
    expect(await late).toEqual(BUSY);
    all.end();
    expect(await patient).toBe("done");
  });

  it("runs a job in what is held for it already, and keeps that for the next", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const held = budget.hold();
    await held.take(60);
    const seen = () => budget.state().reservedBytes;
    expect([await held.run(60, async () => seen()), await held.run(10, async () => seen()), seen()]).toEqual([
      60, 60, 60,
    ]);
    held.end();
    expect(seen()).toBe(0);
  });

  it("gives back what was too little before it waits for more, so that two never wait for each other", async ({
    expect,
  }) => {
    const budget = createBudget(LIMITS, systemClock);
    const holds = [budget.hold(), budget.hold()];
    for (const held of holds) await held.take(40);
    const most: number[] = [];
    const run = (held: Hold) =>
      held.run(70, async () => {
        most.push(budget.state().reservedBytes);
        await settled();
        held.end();
      });
    await Promise.all(holds.map(run));
    expect(most).toEqual([70, 70]);
    expect(budget.state()).toEqual({ reservedBytes: 0, waiting: 0 });
  });

  it("gives a job that has begun what it lacks, where that is free, before all who wait", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const held = budget.hold();
    await held.take(60);
    const behind = budget.run(50, async () => budget.state().reservedBytes);
    expect(await held.run(90, async () => budget.state())).toEqual({ reservedBytes: 90, waiting: 1 });
    held.end();
    expect(await behind).toBe(50);
  });

  it("lets go of what only one job of several took", async ({ expect }) => {
    const budget = createBudget(LIMITS, systemClock);
    const held = budget.hold();
    await held.take(10);
    await held.run(90, async () => undefined);
    expect(await held.run(20, async () => budget.state().reservedBytes)).toBe(20);
    held.end();
  });

  it("starts nothing in what is held for who left, or comes too late (F6, E2)", async ({ expect }) => {
    let now = 0;
    const budget = createBudget(LIMITS, { now: () => now });
    const client = new AbortController();
    const held = budget.on({ signal: client.signal, startByMs: 1_000 }).hold();
    await held.take(10);
    now = 1_001;
    expect(await refusal(held.run(10, async () => "ran"))).toEqual(BUSY);
    client.abort(new Error("gone"));
    expect(await refusal(held.run(10, async () => "ran"))).toEqual(new Error("gone"));
    held.end();
    expect(budget.state().reservedBytes).toBe(0);
  });
});
