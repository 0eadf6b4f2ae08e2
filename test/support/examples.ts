/** What a document shows in a fence: a block, or one command of a block of shell lines. */
export interface Example {
  /** From the root of the project. */
  readonly document: string;
  /** The word behind the fence. */
  readonly language: string;
  readonly text: string;
}

/** Documents by their paths from the root of the project. */
export type Documents = Readonly<Record<string, string>>;

/** A block, and its indent, the word behind the fence, and its lines. */
export const FENCE = /^( *)```(\S*)\n([\s\S]*?)^\1```$/gm;

/** All examples of all documents, those of lists without their indent. */
export const examplesIn = (documents: Documents): Example[] =>
  Object.entries(documents).flatMap(([document, markdown]) =>
    [...markdown.matchAll(FENCE)].flatMap(([, indent, language, block]) => {
      const text = block.replaceAll(new RegExp(`^${indent}`, "gm"), "");
      return (language === "sh" ? commandsIn(text) : [text]).map((text) => ({ document, language, text }));
    }),
  );

/** A command may go on in lines that are indented or end it, and needs the exports before it. */
const commandsIn = (block: string): string[] =>
  [...block.matchAll(/(?:^export .*\n)*^.*\n(?:^(?: |done).*\n)*/gm)].map(([command]) => command.trim());
