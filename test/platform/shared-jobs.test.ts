import { describe, it } from "vitest";
import { createSharedJobs } from "../../src/platform/shared-jobs.ts";

const ignore = () => undefined;

describe("createSharedJobs()", () => {
  it("does at once asked work once, and says who did it", async ({ expect }) => {
    const jobs = createSharedJobs<number>(1_000);
    let runs = 0;
    const results = await Promise.all([1, 2, 3].map(() => jobs.run("a", ignore, async () => ++runs)));
    expect(results.map(({ value }) => value)).toEqual([1, 1, 1]);
    expect(results.map(({ shared }) => shared)).toEqual([false, true, true]);
    expect(jobs.size()).toBe(0);
  });

  it("keeps keys apart, and does later work again", async ({ expect }) => {
    const jobs = createSharedJobs<string>(1_000);
    const run = async (key: string) => (await jobs.run(key, ignore, async () => key)).value;
    expect(await Promise.all([run("a"), run("b")])).toEqual(["a", "b"]);
    expect((await jobs.run("a", ignore, async () => "again")).value).toBe("again");
  });

  it("shares a failure, and forgets it", async ({ expect }) => {
    const jobs = createSharedJobs<number>(1_000);
    let runs = 0;
    const fail = async () => {
      runs++;
      await scheduler.wait(5);
      throw new Error("no");
    };
    const results = await Promise.allSettled([1, 2, 3].map(() => jobs.run("a", ignore, fail)));
    expect(results.map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
    expect(runs).toBe(1);
    expect((await jobs.run("a", ignore, async () => 7)).value).toBe(7);
  });

  it("lets one of those who wait take over from a job that hangs, not all of them", async ({ expect }) => {
    const jobs = createSharedJobs<number>(30);
    let runs = 0;
    void jobs.run("a", ignore, () => new Promise(() => undefined));
    const take = async () => {
      runs++;
      await scheduler.wait(10);
      return 1;
    };
    const results = await Promise.all(Array.from({ length: 10 }, () => jobs.run("a", ignore, take)));
    expect([runs, results.filter(({ shared }) => !shared).length]).toEqual([1, 1]);
  });
});
