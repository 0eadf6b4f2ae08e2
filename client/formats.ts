import type { Format } from "./edit.ts";

/** Every format that can be asked for, and its media type. */
export const FORMATS: Readonly<Record<Format, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  bmp: "image/bmp",
  webp: "image/webp",
  avif: "image/avif",
};

/** What frameworks call a format, where it is one. */
export const toFormat = (text: string | undefined): Format | undefined =>
  Object.keys(FORMATS).find((format): format is Format => format === text);
