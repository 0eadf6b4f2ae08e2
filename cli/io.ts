/** What a command has of the world around it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For results. */
  out(text: string | Uint8Array): void;
  /** For everything else. */
  note(text: string): void;
  /** Rewrites the last line, where a person looks on; otherwise nothing. */
  progress(line: string): void;
  stdin(): Promise<string>;
}

/** Wide enough for a bar, narrow enough for a terminal that does not say how wide it is. */
const COLUMNS = 80;

export const processIo = (): Io => ({
  env: process.env,
  out: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  progress: (line) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line.slice(0, process.stderr.columns || COLUMNS)}`);
  },
  stdin: async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
  },
});
