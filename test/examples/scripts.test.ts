import { describe, expect, it } from "vitest";
import { scripts } from "../../package.json";
import { DOCUMENTS } from "../support/documents.ts";

describe("a script that is named anywhere", () => {
  it.for(Object.entries(DOCUMENTS))("in %s is one of package.json", ([, markdown]) => {
    const named = [...markdown.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
