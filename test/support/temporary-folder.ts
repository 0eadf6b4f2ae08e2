import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system in memory, on Linux. */
const MEMORY = "/dev/shm";
/** Over ten times what the files of a run take at once. */
const ROOM_BYTES = 512 * 1024 ** 2;
const NAME = "edgefit-test-";

/**
 * Has all temporary files of this process, and of those that it starts, made in a folder that goes with it. It is in
 * memory where there is room: R2, KV and D1 wait for the disk at every write, longer than for most of what is tested.
 * Once: the configuration is read anew for each project of a run.
 */
export function ownTemporaryFolder(): void {
  if (tmpdir().includes(NAME)) return;
  const folder = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), NAME));
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
