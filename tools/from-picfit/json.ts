import { readFile } from "node:fs/promises";

/** The JSON in a file. @throws Error that shows nothing of it, since the parser's own words quote what may be a secret */
export async function configurationIn(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(cause)) ?? [""];
    throw new Error(`expected JSON without comments${place && `, broken ${place}`}`, { cause });
  }
}
