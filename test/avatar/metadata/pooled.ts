import type { Database } from "../../../src/avatar/metadata/database.ts";

/** The same database with at most `most` runs at once, as a pool of connections has it; others wait. */
export function pooled(database: Database, most: number): Database {
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = () => (running++ < most ? undefined : new Promise<void>((next) => waiting.push(next)));
  const leave = () => {
    running--;
    waiting.shift()?.();
  };
  return {
    async run(statements) {
      await enter();
      try {
        return await database.run(statements);
      } finally {
        leave();
      }
    },
  };
}
