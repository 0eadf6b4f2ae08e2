import { type ContenderProcess, startProcess } from "./contender-process.ts";

/** The processes of all contenders, each started when it is first asked for. */
export interface Crew {
  /** The process of this contender; a new one where the last one died. */
  of(name: string): ContenderProcess;
}

/** What `use` returns; then all processes end. @param folder that of the photos */
export async function withCrew<T>(folder: string, use: (crew: Crew) => Promise<T>): Promise<T> {
  const processes = new Map<string, ContenderProcess>();
  const start = (name: string) => {
    const started = startProcess(name, folder);
    processes.set(name, started);
    return started;
  };
  const of = (name: string) => {
    const running = processes.get(name);
    return running?.isAlive() ? running : start(name);
  };
  try {
    return await use({ of });
  } finally {
    await Promise.all([...processes.values()].map((process) => process.end()));
  }
}
