import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { trustLocalhost } from "./test/support/trusted-certificate.ts";

trustLocalhost();
// Not before it is known what to trust: it brings Miniflare, which looks once.
const { cloudflareTest } = await import("@cloudflare/vitest-plugin");

/** A folder as a storage: see test/storage/fetcher.test.ts. */
const FILES = { disk: { path: mkdtempSync(join(tmpdir(), "edgefit-files-")), writable: true } };

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
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
