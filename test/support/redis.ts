import { inject } from "vitest";
import type { RedisOptions } from "../../src/keystore/redis/client.ts";
import type {} from "./provided.ts";
import { REDIS_PASSWORD } from "./redis-password.ts";

/** Where the Redis of these tests is; absent where there is none. */
export const redisServer = serverAt(inject("redisPort"));

function serverAt(port: number | undefined): RedisOptions | undefined {
  if (port === undefined) return undefined;
  return {
    host: "127.0.0.1",
    port,
    username: undefined,
    password: REDIS_PASSWORD,
    database: 0,
    tls: false,
    timeoutMs: 5_000,
  };
}
