import { createRequire } from "node:module";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** What the figures were made on, in general terms. */
export function machine(): string {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${model.trim()}), ${memory} GiB of memory, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

/** Names and versions of those who are compared, and of what runs them. */
export function versions(): string {
  const { dependencies } = require("./package.json") as { readonly dependencies: Readonly<Record<string, string>> };
  const peers = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  const { devDependencies } = require("../package.json") as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return [...peers, `wrangler ${devDependencies.wrangler}`].join(", ");
}

/** A path beside this file. */
export const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url).href);
