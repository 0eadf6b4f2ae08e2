import { describe, it } from "vitest";
import { startDeadline } from "../../src/platform/deadline.ts";

const late = () => new Error("late");

describe("startDeadline()", () => {
  it("aborts when time is up, and when nothing more is heard", async ({ expect }) => {
    const [whole, silent] = [startDeadline(20, late), startDeadline(undefined, late)];
    silent.expect(20);
    await scheduler.wait(60);
    expect([whole.signal.reason, silent.signal.reason]).toEqual([late(), late()]);
  });

  it("aborts with the reason of who asked", ({ expect }) => {
    const gone = new Error("gone");
    expect(startDeadline(undefined, late, AbortSignal.abort(gone)).signal.reason).toBe(gone);
  });

  it("stands still while it is paused, and goes on with what was left", async ({ expect }) => {
    const deadline = startDeadline(100, late);
    deadline.expect(30);
    await scheduler.wait(10);
    expect(await deadline.pausedFor(() => scheduler.wait(150).then(() => "done"))).toBe("done");
    expect(deadline.signal.aborted).toBe(false);
    await scheduler.wait(40);
    expect(deadline.signal.aborted).toBe(false);
    await scheduler.wait(80);
    expect(deadline.signal.reason).toEqual(late());
  });

  it.for([
    ["after a pause", (deadline: ReturnType<typeof startDeadline>) => deadline.pausedFor(async () => undefined)],
    ["that was paused when it ended", async () => undefined],
  ] as const)("fires no more once it has ended: one %s", async ([, before], { expect }) => {
    const deadline = startDeadline(20, late);
    await before(deadline);
    await deadline.pausedFor(async () => deadline.end());
    await scheduler.wait(60);
    expect(deadline.signal.aborted).toBe(false);
  });
});
