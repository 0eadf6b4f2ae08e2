/** What Redis answers: a text, a number, nothing, or several of these. Errors are thrown. */
export type Reply = string | number | null | readonly Reply[];

/** An answer of Redis that says no, such as `WRONGTYPE …`. */
export class RedisError extends Error {}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Commands as Redis reads them (RESP2): each an array of bulk strings, each of these with its length in bytes. */
export const encodeCommands = (commands: readonly (readonly string[])[]): Uint8Array =>
  encoder.encode(commands.map((words) => `*${words.length}\r\n${words.map(bulkString).join("")}`).join(""));

const bulkString = (word: string): string => `$${encoder.encode(word).length}\r\n${word}\r\n`;

/** No answer to a question of ours is larger: a name, some metadata, a page of a set. */
const MAX_REPLY_BYTES = 4_194_304;

/** Reads the answers of one connection, one after another. */
export interface ReplyReader {
  /** @throws RedisError for an answer that says no; Error when the connection ends or speaks another language */
  next(): Promise<Reply>;
}

export function createReplyReader(stream: ReadableStream<Uint8Array>): ReplyReader {
  const reader = stream.getReader();
  let pending = new Uint8Array();

  async function more(): Promise<void> {
    const { done, value } = await reader.read();
    if (done) throw new Error("The connection ended before the answer did");
    if (pending.length + value.length > MAX_REPLY_BYTES) throw new Error("The answer is too long");
    const joined = new Uint8Array(pending.length + value.length);
    joined.set(pending);
    joined.set(value, pending.length);
    pending = joined;
  }

  async function take(length: number): Promise<Uint8Array> {
    while (pending.length < length) await more();
    const taken = pending.subarray(0, length);
    pending = pending.slice(length);
    return taken;
  }

  async function line(): Promise<string> {
    let end = pending.indexOf(LINE_FEED);
    while (end < 0) {
      await more();
      end = pending.indexOf(LINE_FEED);
    }
    return decoder.decode(await take(end + 1)).replace(/\r\n$/, "");
  }

  async function next(): Promise<Reply> {
    const head = await line();
    const [kind, rest] = [head[0], head.slice(1)];
    if (kind === "+") return rest;
    if (kind === "-") throw new RedisError(rest);
    if (kind === ":") return lengthOf(rest);
    if (kind === "$") return bulk(lengthOf(rest));
    if (kind === "*") return list(lengthOf(rest));
    throw new Error("The answer is not one of Redis");
  }

  async function bulk(length: number): Promise<string | null> {
    if (length < 0) return null;
    if (length > MAX_REPLY_BYTES) throw new Error("The answer is too long");
    return decoder.decode((await take(length + 2)).subarray(0, length));
  }

  async function list(length: number): Promise<Reply> {
    if (length < 0) return null;
    const replies: Reply[] = [];
    for (let index = 0; index < length; index++) replies.push(await next());
    return replies;
  }

  return { next };
}

const LINE_FEED = 10;

function lengthOf(text: string): number {
  if (!/^-?[0-9]{1,10}$/.test(text)) throw new Error("The answer is not one of Redis");
  return Number(text);
}
