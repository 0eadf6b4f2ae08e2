import { namesType } from "../http/accept.ts";
import type { PictureFormat } from "./parameters.ts";

/** What a picture can be shown as. */
export interface Choices<F extends PictureFormat> {
  /** Shown to whoever names nothing else. */
  readonly own: F;
  /** Everything that it can be shown as. */
  readonly possible: readonly F[];
}

/** What is only shown to a client that says it can show it, the best first. */
const NEGOTIATED = [
  ["avif", "image/avif"],
  ["webp", "image/webp"],
] as const;

/**
 * The format asked for, else the best that `Accept` names, else the picture's own. What a picture cannot be shown as
 * gives its own format too: a public read is never refused.
 */
export function chooseFormat<F extends PictureFormat>(
  asked: PictureFormat | undefined,
  accept: string | null,
  { own, possible }: Choices<F>,
): F {
  const [named] = NEGOTIATED.filter(([, type]) => namesType(accept, type)).flatMap(([format]) =>
    possible.filter((candidate) => candidate === format),
  );
  return (asked ? possible.find((format) => format === asked) : named) ?? own;
}
