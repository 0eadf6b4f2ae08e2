import { spawn } from "node:child_process";
import { connect } from "node:net";
import { freePort } from "./free-port.ts";
import { REDIS_PASSWORD } from "./redis-password.ts";

/** A Redis that only these tests know: it asks for a password, and forgets everything in the end. */
export interface RedisServer {
  readonly port: number;
  close(): void;
}

/** Undefined where the machine has no Redis. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const port = await freePort();
  const settings = { port, bind: "127.0.0.1", requirepass: REDIS_PASSWORD, save: "", appendonly: "no" };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn("redis-server", options, { stdio: "ignore" });
  const failed = new Promise<false>((resolve) => server.once("error", () => resolve(false)));
  const started = await Promise.race([failed, answers(port)]);
  return started ? { port, close: () => server.kill() } : undefined;
}

async function answers(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await reachable(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

const reachable = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle(true)).once("error", () => settle(false));
  });
