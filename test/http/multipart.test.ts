import { describe, it } from "vitest";
import { HttpError } from "../../src/error.ts";
import { boundaryOf, parseMultipart } from "../../src/http/multipart.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const part = (disposition: string, content = "x", more = "") =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`;
const form = (...parts: string[]) => bytesOf(`${parts.join("")}--b--\r\n`);
const parse = (body: Uint8Array) =>
  parseMultipart(body, "b").map(({ name, filename, bytes }) => [name, filename, textOf(bytes)]);

const refusal = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown instanceof HttpError ? [thrown.status, thrown.code] : thrown;
  }
};
const REFUSED = [400, "invalid_parameter"];

describe("parseMultipart()", () => {
  it.for([
    ["a field", form(part('name="a"')), [["a", undefined, "x"]]],
    ["a file", form(part('name="data"; filename="a.png"')), [["data", "a.png", "x"]]],
    ["attributes the other way round", form(part('filename="a.png"; name="data"')), [["data", "a.png", "x"]]],
    ["a name in Unicode", form(part('name="data"; filename="é ✓.png"')), [["data", "é ✓.png", "x"]]],
    ["quotes as browsers escape them", form(part('name="data"; filename="a%22b.png"')), [["data", 'a"b.png', "x"]]],
    ["quotes as curl escapes them", form(part('name="data"; filename="a\\"b\\\\.png"')), [["data", 'a"b\\.png', "x"]]],
    ["a folder of Windows", form(part('name="data"; filename="C:\\a\\b.png"')), [["data", "C:\\a\\b.png", "x"]]],
    ["bare words, as .NET writes them", form(part("name=data; filename=a.png")), [["data", "a.png", "x"]]],
    [
      "a name in Unicode as .NET writes it",
      form(part(`name=data; filename="=?utf-8?B?w6kucG5n?="; filename*=utf-8''%C3%A9.png`)),
      [["data", "é.png", "x"]],
    ],
    [
      "the plain name where the other is damaged",
      form(part(`name="data"; filename="a.png"; filename*=utf-8''%C3.png`)),
      [["data", "a.png", "x"]],
    ],
    [
      "a name inside a file name",
      form(part('filename="; name=\'a\'; name=b"; name="data"')),
      [["data", "; name='a'; name=b", "x"]],
    ],
    ["a line separator in a name", form(part('name="data"; filename="a\u2028b.png"')), [["data", "a\u2028b.png", "x"]]],
    [
      "a space before the attributes",
      bytesOf('--b\r\nContent-Disposition: form-data ;name="a"\r\n\r\nx\r\n--b--'),
      [["a", undefined, "x"]],
    ],
    ["other headers", form(part('name="a"', "x", "Content-Type: image/png\r\n")), [["a", undefined, "x"]]],
    ["no content", form(part('name="a"', "")), [["a", undefined, ""]]],
    ["content that ends like a line", form(part('name="a"', "x\r\n")), [["a", undefined, "x\r\n"]]],
    ["content that looks like the boundary", form(part('name="a"', "--b\r\n--bc")), undefined],
    ["a boundary in the middle of a line", form(part('name="a"', "x--b--")), [["a", undefined, "x--b--"]]],
    ["a preamble and an epilogue", bytesOf(`hello\r\n${textOf(form(part('name="a"')))}bye`), [["a", undefined, "x"]]],
    ["no parts", form(), []],
  ] as const)("reads %s", ([, body, expected], { expect }) => {
    if (expected) expect(parse(body)).toEqual(expected);
    else expect(refusal(() => parse(body))).toEqual(REFUSED);
  });

  it.for([
    ["nothing", ""],
    ["no closing boundary", part('name="a"')],
    ["a closing boundary that is cut", `${part('name="a"')}--b-`],
    ["only the opening boundary", "--b\r\n"],
    ["a part without headers", "--b\r\n--b--\r\n"],
    ["headers without their end", "--b\r\nContent-Disposition: form-data; name=a\r\n--b--\r\n"],
    ["no disposition", "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"],
    ["a part without a name", `${part('filename="a.png"')}--b--\r\n`],
    ["another boundary", "--c\r\n\r\n\r\n--c--\r\n"],
  ])("refuses %s", ([, body], { expect }) => {
    expect(refusal(() => parse(bytesOf(body)))).toEqual(REFUSED);
  });

  it("takes 16 parts, and not 17 (L16)", ({ expect }) => {
    const parts = (count: number) => form(...Array(count).fill(part('name="a"')));
    expect(parse(parts(16))).toHaveLength(16);
    expect(refusal(() => parse(parts(17)))).toEqual(REFUSED);
    expect(refusal(() => parse(parts(5_000)))).toEqual(REFUSED);
  });

  it("takes headers of 8,192 bytes, and not 8,193 (L16)", ({ expect }) => {
    const fixed = 'Content-Disposition: form-data; name="a"\r\nX: \r\n'.length;
    const body = (headerBytes: number) => form(part('name="a"', "x", `X: ${"y".repeat(headerBytes + 2 - fixed)}\r\n`));
    expect(parse(body(8_192))).toEqual([["a", undefined, "x"]]);
    expect(refusal(() => parse(body(8_193)))).toEqual(REFUSED);
  });
});

describe("boundaryOf()", () => {
  it.for([
    ["multipart/form-data; boundary=abc", "abc"],
    ['multipart/form-data; boundary="a b;c"', "a b;c"],
    ["multipart/form-data; charset=utf-8; Boundary=abc; x=y", "abc"],
  ])("of %s is %s", ([type, boundary], { expect }) => {
    expect(boundaryOf(type)).toBe(boundary);
  });

  it.for(["multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary=""'])(
    "refuses %s",
    (type, { expect }) => {
      expect(refusal(() => boundaryOf(type))).toEqual(REFUSED);
    },
  );
});
