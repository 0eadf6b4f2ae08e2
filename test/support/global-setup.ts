import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { readD1Migrations } from "@cloudflare/vitest-plugin";
import type { TestProject } from "vitest/node";
import { startFaultOrigin } from "./fault-origin.ts";
import { startFaultRedis } from "./fault-redis.ts";
import { startIsolates } from "./isolates.ts";
import type {} from "./provided.ts";
import { startRedis } from "./redis-server.ts";
import { startS3 } from "./s3-server.ts";
import { createTestDatabase } from "./test-database.ts";
import { startTlsFronts } from "./tls-front.ts";
import { startTokenExamples } from "./token-examples.ts";

/** Tests run in workerd, which has no file system: a server of static files hands them the pictures. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = join(project.config.root, "../shared");
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    try {
      response.end(await readFile(join(folder, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  // A connection that is closed for idleness just as it is used again would fail a test.
  server.keepAliveTimeout = 0;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  project.provide("corpusUrl", existsSync(join(folder, "corpus")) ? `http://127.0.0.1:${port}` : undefined);
  project.provide("corpusStep", process.env.WHOLE_CORPUS === "1" ? 1 : 5);
  const origin = await startFaultOrigin();
  project.provide("originUrl", origin.url);
  const s3Servers = await Promise.all([startS3(), startS3()]);
  project.provide(
    "s3Ports",
    s3Servers.map(({ port }) => port),
  );
  const redis = await startRedis();
  project.provide("redisPort", redis?.port);
  const fronts = redis && (await startTlsFronts(redis.port));
  project.provide("redisTlsPorts", fronts?.ports);
  const faultRedis = await startFaultRedis();
  project.provide("faultRedisPort", faultRedis.port);
  const tokenExamples = await startTokenExamples();
  project.provide("tokenExamplesUrl", tokenExamples.url);
  const isolates = await startIsolates(project.config.root);
  project.provide("isolatesUrl", isolates.url);
  const migrations = join(project.config.root, "migrations");
  project.provide("migrations", await readD1Migrations(migrations));
  const database = await createTestDatabase(migrations);
  project.provide("postgresUrl", database?.url);
  return async () => {
    await Promise.all(s3Servers.map((s3) => s3.close()));
    server.close();
    tokenExamples.close();
    isolates.close();
    origin.close();
    fronts?.close();
    redis?.close();
    faultRedis.close();
    await database?.drop();
  };
}
