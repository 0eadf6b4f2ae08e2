import { describe, it } from "vitest";
import { parseDsn } from "../../src/observe/dsn.ts";

describe("parseDsn()", () => {
  it.for([
    ["https://abc@o1.ingest.sentry.test/42", "https://o1.ingest.sentry.test/api/42/envelope/"],
    ["http://abc@127.0.0.1:9000/42", "http://127.0.0.1:9000/api/42/envelope/"],
    ["https://abc@sentry.test/below/here/42", "https://sentry.test/below/here/api/42/envelope/"],
  ])("of %s", ([text, address], { expect }) => {
    expect(parseDsn(text)).toEqual({ text, envelopeUrl: `${address}?sentry_version=7&sentry_key=abc` });
  });

  it.for([
    "",
    "abc",
    "https://o1.ingest.sentry.test/42",
    "https://abc@sentry.test/",
    "https://abc@sentry.test/x",
    "ftp://abc@s.test/1",
  ])("%j is none", (text, { expect }) => expect(parseDsn(text)).toBeUndefined());
});
