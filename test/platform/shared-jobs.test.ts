import { describe, it } from "vitest";
import { createSharedJobs } from "../../src/platform/shared-jobs.ts";

const caller = (signal: AbortSignal = new AbortController().signal) => ({ keepAlive: () => undefined, signal });

describe("createSharedJobs()", () => {
  it("does at once asked work once, and says who did it", async ({ expect }) => {
    const jobs = createSharedJobs<number>(1_000);
    let runs = 0;
    const results = await Promise.all([1, 2, 3].map(() => jobs.run("a", caller(), async () => ++runs)));
    expect(results.map(({ value }) => value)).toEqual([1, 1, 1]);
    expect(results.map(({ shared }) => shared)).toEqual([false, true, true]);
    expect(jobs.size()).toBe(0);
  });

  it("keeps keys apart, and does later work again", async ({ expect }) => {
    const jobs = createSharedJobs<string>(1_000);
    const run = async (key: string) => (await jobs.run(key, caller(), async () => key)).value;
    expect(await Promise.all([run("a"), run("b")])).toEqual(["a", "b"]);
    expect((await jobs.run("a", caller(), async () => "again")).value).toBe("again");
  });

  it("shares a failure, and forgets it", async ({ expect }) => {
    const jobs = createSharedJobs<number>(1_000);
    let runs = 0;
    const fail = async () => {
      runs++;
      await scheduler.wait(5);
      throw new Error("no");
    };
    const results = await Promise.allSettled([1, 2, 3].map(() => jobs.run("a", caller(), fail)));
    expect(results.map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
    expect(runs).toBe(1);
    expect((await jobs.run("a", caller(), async () => 7)).value).toBe(7);
  });

  it("lets one of those who wait take over from a job that hangs, not all of them", async ({ expect }) => {
    const jobs = createSharedJobs<number>(30);
    let runs = 0;
    void jobs.run("a", caller(), () => new Promise(() => undefined));
    const take = async () => {
      runs++;
      await scheduler.wait(10);
      return 1;
    };
    const results = await Promise.all(Array.from({ length: 10 }, () => jobs.run("a", caller(), take)));
    expect([runs, results.filter(({ shared }) => !shared).length]).toEqual([1, 1]);
  });

  it("tells a job when the last who waited has gone, and starts anew for who comes then (F6)", async ({ expect }) => {
    const jobs = createSharedJobs<string>(1_000);
    const [first, second] = [new AbortController(), new AbortController()];
    const untilAbandoned = (signal: AbortSignal) =>
      new Promise<string>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const results = Promise.allSettled(
      [first, second].map(({ signal }) => jobs.run("a", caller(signal), untilAbandoned)),
    );
    first.abort();
    await scheduler.wait(1);
    expect(jobs.size()).toBe(1);
    second.abort();
    expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect((await jobs.run("a", caller(), async () => "anew")).value).toBe("anew");
  });

  it("finishes what one still waits for (F6)", async ({ expect }) => {
    const jobs = createSharedJobs<number>(1_000);
    const leaver = new AbortController();
    const job = (signal: AbortSignal) => scheduler.wait(20).then(() => (signal.aborted ? 0 : 1));
    const all = [jobs.run("a", caller(leaver.signal), job), jobs.run("a", caller(), job)];
    leaver.abort();
    expect((await Promise.all(all)).map(({ value }) => value)).toEqual([1, 1]);
  });
});
