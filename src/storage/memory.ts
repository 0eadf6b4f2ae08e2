import { readBounded, sourceTooLarge } from "../platform/bounded.ts";
import { byBytes } from "../platform/by-bytes.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { md5Hex } from "../platform/crypto.ts";
import { holds } from "./condition.ts";
import { folderOf, pageOf, startOf } from "./listing.ts";
import { resolveRange } from "./range.ts";
import type { GetOptions, Listing, ListOptions, Storage, StoredHead, StoredObject } from "./storage.ts";

interface Entry {
  readonly head: StoredHead;
  readonly content: Uint8Array;
}

/** Objects in a map, for tests and for trying things out; nothing outlives the isolate. */
export function memoryStorage(clock: Clock = systemClock): Storage {
  const entries = new Map<string, Entry>();
  return {
    async get(path, options) {
      const entry = entries.get(path);
      return entry && open(entry, options);
    },
    head: async (path) => entries.get(path)?.head,
    async put(path, bytes, properties, options) {
      if (!holds(options?.onlyIf, entries.get(path)?.head)) return undefined;
      const content = bytes.slice();
      const head = {
        size: content.length,
        version: await md5Hex(content),
        modified: new Date(clock.now()),
        ...properties,
      };
      entries.set(path, { head, content });
      return head;
    },
    delete: async (path) => entries.delete(path),
    list: async (prefix, options) => list(entries, prefix, options),
  };
}

function list(entries: ReadonlyMap<string, Entry>, prefix: string, { after, limit }: ListOptions): Listing {
  const start = startOf(prefix, after) ?? "";
  const found = [...entries].filter(([path]) => path.startsWith(prefix) && byBytes(path, start) > 0);
  const objects = found.filter(([path]) => folderOf(path, prefix) === undefined);
  return pageOf(
    {
      objects: objects.map(([path, { head }]) => ({ path, ...head })),
      folders: [...new Set(found.flatMap(([path]) => folderOf(path, prefix) ?? []))],
      truncated: false,
    },
    limit,
  );
}

function open({ head, content }: Entry, { range, maxBytes = Infinity, admit }: GetOptions = {}): StoredObject {
  const { start, end } = resolveRange(range, head.size);
  if (end - start > maxBytes) throw sourceTooLarge();
  const body = new Response(content.slice(start, end)).body ?? new ReadableStream();
  const bytes = () => readBounded(body, { maxBytes, expectedBytes: end - start, admit });
  return { ...head, body, bytes };
}
