import { statfsSync } from "node:fs";

/** A file system in memory, on Linux. */
const MEMORY = "/dev/shm";
/** Over ten times what the files of a run take at once. */
const ROOM_BYTES = 512 * 1024 ** 2;

/**
 * Where files of a run are made: in memory where it has room, else where the system has its temporary files. R2, KV and
 * D1 wait for the disk at every write, longer than for most of what is tested.
 */
export function temporaryFolder(system: string): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize < ROOM_BYTES ? system : MEMORY;
  } catch {
    return system;
  }
}
