import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examplesFor } from "../support/claims.ts";

const SOURCES = join(import.meta.dirname, "../../src");

/** A node of Mermaid with its words, in brackets by its form: `id[words]`, `id{words}`, `id([words])`. */
const NODE = /(\w+)(?:\[([^\]]+)\]|\{([^}]+)\}|\(\[([^\]]+)\]\))/g;
const LINE = /^ {2}\w+(?: (?:-- [^-]+ )?--> \w+)+$/;
/** Who asks and what comes out: the two ends, in round brackets, are no code. */
const codeOf = (words: string): string => words.split(/[:,]/)[0];

describe("the diagram of a request", () => {
  it.for(examplesFor("diagram"))("of $document shows what is there", ({ text }) => {
    const [head, ...lines] = text.trimEnd().split("\n");
    expect(head).toBe("flowchart TD");
    for (const line of lines) expect(line.replace(NODE, "$1")).toMatch(LINE);
    const nodes = [...text.matchAll(NODE)];
    const parts = nodes.flatMap(([, , box, choice]) => [box, choice].filter(Boolean).map(codeOf));
    expect(parts.length).toBeGreaterThan(10);
    const absent = parts.filter((part) => !["", ".ts"].some((ending) => existsSync(join(SOURCES, part + ending))));
    expect(absent).toEqual([]);
    const defined = new Set(nodes.map(([, name]) => name));
    const used = lines.flatMap(
      (line) =>
        line
          .replace(NODE, "$1")
          .replace(/-- [^-]+ -->/g, "-->")
          .match(/\w+/g) ?? [],
    );
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });
});
