const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What an avatar is asked by, in lower case; undefined where `text` is none. */
export function toId(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return ID.test(id) ? id : undefined;
}

const ALGORITHMS: Readonly<Record<number, string>> = { 32: "MD5", 40: "SHA-1", 64: "SHA-256" };

export const algorithmOf = (id: string): string => ALGORITHMS[id.length] ?? "";

/** Enough of an id to tell it from another. */
export const shortId = (id: string): string => `${id.slice(0, 8)}…${id.slice(-6)}`;
