import { askFor, BASE_FLAGS, requiredBase } from "../base.ts";
import { failure } from "../cli-error.ts";
import { command } from "../command.ts";
import { secretFlags, secretOf } from "../secret.ts";

export const purge = command({
  name: "purge",
  about: "Removes all that was made from a source; the source itself stays.",
  words: ["PATH|URL..."],
  flags: { ...BASE_FLAGS, ...secretFlags("EDGEFIT_UPLOAD_SECRET") },
  examples: ["edgefit purge photos/a.jpg", "edgefit purge https://other.example.com/a.jpg"],
  async run({ words, flags, io }) {
    const base = requiredBase(flags, io);
    const secret = await secretOf(flags, "EDGEFIT_UPLOAD_SECRET", io);
    // With UPLOAD_OPEN the Worker wants none.
    const headers: HeadersInit = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
    const purged: { source: string; removed: number }[] = [];
    for (const source of words) {
      const response = await askFor(`${base}/purge?${nameOf(source)}`, { method: "POST", headers });
      purged.push({ source, removed: removedIn(await response.json()) });
    }
    return { text: purged.map(({ source, removed }) => `${source}: ${removed} removed`).join("\n"), json: { purged } };
  },
});

const nameOf = (source: string): string =>
  `${/^https?:\/\//.test(source) ? "url" : "path"}=${encodeURIComponent(source)}`;

function removedIn(body: unknown): number {
  const { data } = (body ?? {}) as { data?: { removed?: unknown } };
  if (typeof data?.removed === "number") return data.removed;
  throw failure("Cannot read the answer of /purge: is this the address of edgefit?");
}
