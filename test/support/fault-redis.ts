import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that goes wrong in the way that the user name asks for. */
export interface FaultRedis {
  readonly port: number;
  close(): void;
}

type Fault = (socket: Socket, connections: number) => void;

let hungUp = 0;

const FAULTS: Readonly<Record<string, Fault>> = {
  hang: (socket) => {
    socket.on("close", () => hungUp++);
  },
  /** No fault: says how many of those that hang were left by their clients. */
  report: (socket) => socket.write(`+OK\r\n:${hungUp}\r\n`),
  cut: (socket) => socket.end("+OK\r\n$10\r\nhalf"),
  web: (socket) => socket.end("<html>not redis</html>\r\n"),
  endless: (socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write("x".repeat(65_536)));
    };
    socket.write("+OK\r\n$999999999\r\n");
    socket.on("drain", more);
    more();
  },
  lengths: (socket) => socket.end("+OK\r\n$1e9\r\n"),
  /** Every second connection works. */
  once: (socket, connections) =>
    connections % 2 === 1 ? socket.destroy() : socket.write("+OK\r\n*2\r\n$6\r\n5/4.jp\r\n$-1\r\n"),
};

export async function startFaultRedis(): Promise<FaultRedis> {
  const counts = new Map<string, number>();
  const server = createServer((socket: Socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (data: Uint8Array) => {
      const name = Object.keys(FAULTS).find((fault) => Buffer.from(data).includes(`\r\n${fault}\r\n`)) ?? "hang";
      counts.set(name, (counts.get(name) ?? 0) + 1);
      FAULTS[name](socket, counts.get(name) ?? 0);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
