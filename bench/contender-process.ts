import { fork } from "node:child_process";
import { once } from "node:events";
import { beside } from "./machine.ts";
import type { Order, Report } from "./message.ts";

/** Where one contender does its tasks. */
export interface ContenderProcess {
  isAlive(): boolean;
  /** Orders are obeyed one after the other. Never throws: a process that dies is unable. */
  ask(order: Order): Promise<Report>;
  end(): Promise<void>;
}

export function startProcess(name: string, folder: string): ContenderProcess {
  const child = fork(beside("turn.ts"), [name, folder], { serialization: "advanced" });
  const death: Promise<Report> = once(child, "exit").then(([code, signal]) => ({
    unable: `died (${signal ?? `exit code ${code}`})`,
  }));
  let last: Promise<unknown> = Promise.resolve();

  async function send(order: Order): Promise<Report> {
    const answer = once(child, "message").then(([report]) => report as Report);
    // What cannot be sent has no answer either, and the process is dead or dying.
    child.send(order, () => {});
    return Promise.race([answer, death]);
  }

  return {
    isAlive: () => child.connected,
    ask(order) {
      const report = last.then(() => send(order));
      last = report;
      return report;
    },
    async end() {
      if (child.connected) child.disconnect();
      await death;
    },
  };
}
