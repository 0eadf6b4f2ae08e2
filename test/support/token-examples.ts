import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

/** By the word behind the fence: the file to write, and the command that runs it. */
const LANGUAGES: Readonly<Record<string, readonly [file: string, ...command: string[]]>> = {
  js: ["token.mjs", "node"],
  python: ["token.py", "python3"],
  php: ["token.php", "php"],
  ruby: ["token.rb", "ruby"],
  go: ["token.go", "go", "run"],
};

/** Answers `/python?secret=...` with what the Python of the body prints; 501 where the machine has no Python. */
export async function startTokenExamples(): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
    try {
      response.end(await run(pathname.slice(1), await text(request), searchParams.get("secret") ?? ""));
    } catch (cause) {
      response.writeHead(isAbsent(cause) ? 501 : 500).end(String(cause));
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const isAbsent = (cause: unknown): boolean => cause instanceof Error && "code" in cause && cause.code === "ENOENT";

async function run(language: string, code: string, secret: string): Promise<string> {
  const [file, command, ...options] = LANGUAGES[language];
  const folder = await mkdtemp(join(tmpdir(), "token-example-"));
  try {
    const path = join(folder, file);
    await writeFile(path, code);
    const env = { ...process.env, JWT_SECRET: secret };
    return (await promisify(execFile)(command, [...options, path], { env, timeout: 100_000 })).stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}
