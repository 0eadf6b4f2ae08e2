import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { temporaryFolder } from "./test/support/temporary-folder.ts";

process.env.TMPDIR = temporaryFolder(tmpdir());

/** A folder as a storage: see test/storage/fetcher.test.ts. */
const FILES = { disk: { path: mkdtempSync(join(tmpdir(), "edgefit-files-")), writable: true } };
process.once("exit", () => rmSync(FILES.disk.path, { recursive: true, force: true }));

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: { serviceBindings: { FILES } },
    }),
  ],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/support/global-setup.ts"],
    isolate: false,
    setupFiles: ["./test/support/own-storages.ts"],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
