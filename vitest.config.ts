import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ownTemporaryFolder } from "./test/support/temporary-folder.ts";
import { trustLocalhost } from "./test/support/trusted-certificate.ts";

ownTemporaryFolder();
trustLocalhost();
// Not before it is known what to trust: it brings Miniflare, which looks once.
const { cloudflareTest } = await import("@cloudflare/vitest-plugin");

/** A folder as a storage: see test/storage/fetcher.test.ts. */
const FILES = { disk: { path: mkdtempSync(join(tmpdir(), "edgefit-files-")), writable: true } };

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { serviceBindings: { FILES } },
          }),
        ],
        test: {
          name: "workerd",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{cli,examples,self-host}/**", "test/web/**"],
          globalSetup: ["./test/support/global-setup.ts"],
          setupFiles: ["./test/support/own-storages.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "node",
          include: ["test/{cli,examples,self-host}/**/*.test.ts"],
          globalSetup: ["./test/cli/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/web/**/*.test.ts"],
          globalSetup: ["./test/web/global-setup.ts"],
        },
      },
    ],
  },
});
