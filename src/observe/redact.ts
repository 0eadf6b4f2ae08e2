/** Addresses, names behind @, whatever could be a token, digests and keys: all that a message may quote by accident. */
const PRIVATE: readonly (readonly [pattern: RegExp, stand_in: string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi, "[url]"],
  [/\bBearer\s+\S+/gi, "[token]"],
  [/\b[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, "[token]"],
  [/[^\s"'<>@]+@[^\s"'<>@]+/g, "[address]"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "[ip]"],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi, "[ip]"],
  [/\b[0-9a-f]{32,}\b/gi, "[digest]"],
  [/\?[^\s"'<>)]*=[^\s"'<>)]*/g, "?[query]"],
];

/** `text` of an error, for the eyes of a service outside. */
export const redacted = (text: string): string =>
  PRIVATE.reduce((left, [pattern, standIn]) => left.replace(pattern, standIn), text);
