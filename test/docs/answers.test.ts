import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { examplesFor } from "../support/claims.ts";
import { service } from "../support/service.ts";
import { putSamples } from "./samples.ts";

const UPLOAD_SECRET = "the-secret-of-the-list";

interface Listing {
  readonly data: readonly { readonly path: string; readonly size: number; readonly modified: string }[];
  readonly folders: readonly string[];
}

interface Log {
  readonly requestId: string;
  readonly format: string;
}

interface Problem {
  readonly requestId: string;
}

/** As one of a kind is written. */
const like = (sample: string) => expect.stringMatching(new RegExp(`^${sample.replace(/[\da-f]/g, "[\\da-f]")}$`));

/** What is shown, by how it begins; and what is really answered, with what is another each time in the words of `like`. */
const ANSWERS: Readonly<Record<string, (shown: unknown) => Promise<{ answer: unknown; expected: unknown }>>> = {
  requestId: async (shown) => {
    const line = shown as Log;
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const headers = { "cf-ray": line.requestId };
    await service({ LOG: "all" }).fetch(`/display/resize/80x/landscape.jpg?fmt=${line.format}`, { headers });
    const answer = JSON.parse(log.mock.calls[0][0]);
    return { answer, expected: { ...line, bytes: expect.any(Number), ms: expect.any(Number) } };
  },

  data: async (shown) => {
    const { data, folders, ...rest } = shown as Listing;
    for (const { path, size } of data) await env.SOURCE.put(path, new Uint8Array(size));
    for (const folder of folders) await env.SOURCE.put(`${folder}dog.jpg`, new Uint8Array(1));
    const headers = { authorization: `Bearer ${UPLOAD_SECRET}` };
    const response = await service({ ENABLE_LIST: true, UPLOAD_SECRET }).fetch("/sources?prefix=holidays/", {
      headers,
    });
    const dated = data.map((file) => ({ ...file, modified: like(file.modified) }));
    return { answer: await response.json(), expected: { data: dated, folders, ...rest } };
  },

  type: async (shown) => {
    const problem = shown as Problem;
    const response = await service().fetch("/display?path=landscape.jpg&op=resize&w=800.5");
    return { answer: await response.json(), expected: { ...problem, requestId: like(problem.requestId) } };
  },
};

describe("an answer of the documents", () => {
  beforeAll(() => putSamples(env.SOURCE));

  it.for(examplesFor("answers"))("$document: $text", async ({ text }) => {
    const shown = JSON.parse(text);
    const { answer, expected } = await ANSWERS[Object.keys(shown)[0]](shown);
    expect(answer).toEqual(expected);
    expect(Object.keys(answer as object)).toEqual(Object.keys(shown));
  });
});
