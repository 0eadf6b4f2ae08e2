import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { S3_BUCKET } from "./s3-bucket.ts";

/** A server that speaks S3 and refuses wrong signatures; it forgets everything in the end. */
export interface S3Server {
  readonly port: number;
  close(): Promise<void>;
}

const SCRIPT = `
  const S3rver = require("@20minutes/s3rver");
  new S3rver(JSON.parse(process.argv[1])).run().then(() => console.log("ready"));
`;

export async function startS3(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), "edgefit-s3-"));
  const port = await freePort();
  const options = { address: "127.0.0.1", port, silent: true, directory, configureBuckets: [{ name: S3_BUCKET }] };
  // It makes the tokens of its pages with a cipher that OpenSSL keeps among the old ones.
  const args = ["--openssl-legacy-provider", "-e", SCRIPT, JSON.stringify(options)];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(server, "exit").then(() => Promise.reject(new Error("The S3 server did not start: npm ci")));
  await Promise.race([once(server.stdout, "data"), ended]);
  ended.catch(() => undefined);
  return {
    port,
    async close() {
      server.kill();
      await once(server, "exit");
      await rm(directory, { recursive: true, force: true });
    },
  };
}
