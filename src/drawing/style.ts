import type { DisplayList, Rgba } from "./display-list.ts";

/** What a style may take into account; most look at the seed alone. */
export interface DrawRequest {
  /** Any text. The same seed gives the same drawing for ever; an id is expected in lower case. */
  readonly seed: string;
  /** Whose initials are drawn: a name, or an address of which the part before `@` counts. */
  readonly name?: string | undefined;
  /** The letters to draw, instead of those of `name`. */
  readonly initials?: string | undefined;
  /** The most letters that are drawn. */
  readonly length: 1 | 2 | 3;
  readonly uppercase: boolean;
  readonly background?: Rgba | undefined;
  readonly foreground?: Rgba | undefined;
  readonly bold?: boolean | undefined;
}

/** One kind of generated avatar. The drawing of a released style never changes: a new drawing gets a new name. */
export interface Style {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The same request gives the same drawing. */
  readonly deterministic: boolean;
  /** Can be shown as SVG. */
  readonly svg: boolean;
  /** Under which terms the drawings may be used, as an SPDX expression. */
  readonly licence: string;
  /** Undefined where the style cannot draw what is asked for: the next in the chain is drawn instead. */
  draw(request: DrawRequest): DisplayList | undefined;
}

/** A style of our own, of which only the name and the drawing differ. */
export function ownStyle(name: string, draw: Style["draw"], aliases: readonly string[] = []): Style {
  return { name, aliases, deterministic: true, svg: true, licence: "CC0-1.0", draw };
}
