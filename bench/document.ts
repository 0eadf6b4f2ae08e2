/** A Markdown document of a head and sections, each under a heading of level two. */
interface Document {
  readonly head: string;
  readonly sections: ReadonlyMap<string, string>;
}

function parse(text: string): Document {
  const [head, ...parts] = text.split(/^## /m);
  const titled = parts.map(
    (part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n")).trim()] as const,
  );
  return { head: head.trim(), sections: new Map(titled) };
}

/**
 * `text` with the sections that were measured, by their titles, in the place of those of the same title.
 * @param order titles of all sections there are; others are dropped
 */
export function replaceSections(text: string, measured: ReadonlyMap<string, string>, order: readonly string[]): string {
  const { head, sections } = parse(text);
  const kept = order.flatMap((title) => {
    const section = measured.get(title) ?? sections.get(title);
    return section === undefined ? [] : [`## ${title}\n\n${section}`];
  });
  return `${[head, ...kept].join("\n\n")}\n`;
}
