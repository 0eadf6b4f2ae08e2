// A Markdown document: a head, then sections, each under a heading of level two.

/**
 * A document of `head`, the sections that were measured, by their titles, and those of `before` that were not.
 * @param order titles of all sections there are; others are dropped
 */
export function replaceSections(
  head: string,
  measured: ReadonlyMap<string, string>,
  before: string,
  order: readonly string[],
): string {
  const sections = sectionsOf(before);
  const kept = order.flatMap((title) => {
    const section = measured.get(title) ?? sections.get(title);
    return section === undefined ? [] : [`## ${title}\n\n${section}`];
  });
  return `${[head, ...kept].join("\n\n")}\n`;
}

/** What stands under each heading. */
function sectionsOf(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(/^## /m);
  return new Map(
    parts.map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n")).trim()] as const),
  );
}
