import type { DisplayList } from "../../src/drawing/display-list.ts";
import { type DrawRequest, findStyle } from "../../src/drawing/styles.ts";

export const request = (some: Partial<DrawRequest> = {}): DrawRequest => ({
  seed: "seed",
  length: 2,
  uppercase: true,
  ...some,
});

/** What the style called `name` draws; it is an error if it draws nothing. */
export function drawn(name: string, some: Partial<DrawRequest> = {}): DisplayList {
  const list = findStyle(name)?.draw(request({ name: "Ada Lovelace", ...some }));
  if (!list) throw new Error(`${name} draws nothing for ${JSON.stringify(some)}`);
  return list;
}
