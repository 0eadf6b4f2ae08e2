import { expect, it } from "vitest";
import { corpusFiles, hasCorpus, readCorpus } from "./corpus.ts";

it.skipIf(!hasCorpus)("corpusFiles() lists files that readCorpus() reads", async () => {
  const [file] = await corpusFiles(({ format }) => format === "png");
  expect((await readCorpus(file.file)).subarray(1, 4)).toEqual(new TextEncoder().encode("PNG"));
});
