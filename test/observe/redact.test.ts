import { describe, it } from "vitest";
import { redacted } from "../../src/observe/redact.ts";

describe("redacted()", () => {
  it.for([
    ["Cannot reach https://user:pw@s3.test/a?b=c: refused", "Cannot reach [url] refused"],
    ["postgres://me:secret@10.0.0.1:5432/db", "[url]"],
    ["Authorization: Bearer abc.def", "Authorization: [token]"],
    ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl is old", "token [token] is old"],
    ["no mail for alice@example.com", "no mail for [address]"],
    ["peer 192.0.2.17 hung up", "peer [ip] hung up"],
    ["peer 2001:db8:0:1::17 hung up", "peer [ip] hung up"],
    ["key c8441fef9fe2186469d501f88c78a60a", "key [digest]"],
    ["at /display?path=a.jpg&sig=1", "at /display?[query]"],
    ["Cannot decode: expected 3 × 4 pixels at 12:30", "Cannot decode: expected 3 × 4 pixels at 12:30"],
    ["WebAssembly.RuntimeError: memory access out of bounds", "WebAssembly.RuntimeError: memory access out of bounds"],
  ])("%s", ([text, expected], { expect }) => expect(redacted(text)).toBe(expected));
});
