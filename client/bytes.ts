const encoder = new TextEncoder();

/** Copied, since not every runtime's types say that an encoder shares no memory. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(encoder.encode(text));

/** Lower-case digits. Node 20 and browsers of 2024 have no `toHex`. */
export const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
