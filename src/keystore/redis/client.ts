import { connect } from "cloudflare:sockets";
import { withTimeout } from "../../platform/timeout.ts";
import { createReplyReader, encodeCommands, RedisError, type Reply } from "./resp.ts";

export interface RedisOptions {
  readonly host: string;
  readonly port: number;
  /** Absent: the server asks for no name, or knows only its default user. */
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Number of the database. */
  readonly database: number;
  /** True: the server shows a certificate for `host` that the runtime trusts. */
  readonly tls: boolean;
  /** For connecting, asking and reading together. */
  readonly timeoutMs: number;
}

/** Sends commands in one go, and gives their answers in the same order. */
export type RedisClient = (...commands: readonly (readonly string[])[]) => Promise<readonly Reply[]>;

/**
 * A connection for each call: a Worker may not use a socket that another request opened, and does not know which
 * request it works for. Everything is sent at once, so that a call takes one journey there and back after connecting. A
 * connection that breaks is tried once more; all commands sent here may be repeated.
 * @throws RedisError when the server says no; Error when it cannot be reached in time
 */
export function createRedisClient(options: RedisOptions): RedisClient {
  const attempt = (commands: readonly (readonly string[])[]) => {
    const socket = open(options);
    const close = () => void socket.close().catch(() => undefined);
    return withTimeout(exchange(socket, options, commands), options.timeoutMs, late).finally(close);
  };
  return async (...commands) => {
    try {
      return await attempt(commands);
    } catch (cause) {
      if (cause instanceof RedisError || cause instanceof Late) throw cause;
      return attempt(commands);
    }
  };
}

class Late extends Error {}
const late = () => new Late("Redis did not answer in time");

function open({ host: hostname, port, tls }: RedisOptions): Socket {
  const socket = connect({ hostname, port }, { secureTransport: tls ? "on" : "off", allowHalfOpen: false });
  // Both reject as reading does, which is where it is dealt with.
  for (const event of [socket.opened, socket.closed]) event.catch(() => undefined);
  return socket;
}

async function exchange(
  socket: Socket,
  options: RedisOptions,
  commands: readonly (readonly string[])[],
): Promise<readonly Reply[]> {
  const greeting = greetingOf(options);
  const writer = socket.writable.getWriter();
  await writer.write(encodeCommands([...greeting, ...commands]));
  const reader = createReplyReader(socket.readable);
  for (const _ of greeting) await reader.next();
  const replies: Reply[] = [];
  for (const _ of commands) replies.push(await reader.next());
  return replies;
}

function greetingOf({ username, password, database }: RedisOptions): string[][] {
  const user = username === undefined ? [] : [username];
  return [
    ...(password === undefined ? [] : [["AUTH", ...user, password]]),
    ...(database === 0 ? [] : [["SELECT", String(database)]]),
  ];
}
